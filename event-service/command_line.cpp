#include "event-service/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <map>

namespace corbel::event_service {
namespace {

const std::map<std::string, Overflow> kOverflows{{"drop-oldest", Overflow::drop_oldest},
                                                 {"drop-newest", Overflow::drop_newest},
                                                 {"block", Overflow::block}};

/// What CLI11 fills before it is turned into durations.
struct Seconds {
  double unreachable = 60;
  double supplier = 50;
};

std::chrono::nanoseconds to_duration(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double>(seconds));
}

void add_options(CLI::App& app, CommandLine& line, Seconds& seconds) {
  auto& queue = line.service.defaults.queue;
  app.set_version_flag("--version", std::string("corbel-events ") + CORBEL_VERSION);
  app.add_option("--port", line.orb.port,
                 "Port to listen on; 0: any free one, told on the ready line")
      ->required();
  app.add_option("--host", line.orb.host, "Address to listen on (127.0.0.1)");
  app.add_option("--advertise", line.orb.advertise, "HOST[:PORT] to publish in references instead");
  app.add_option(
      "--naming", line.service.naming,
      "Naming service to bind the factory (EventChannelFactory) and the channels in, e.g. "
      "corbaloc::localhost:2809/NameService");
  app.add_option("--channel", line.service.channels,
                 "Create a channel of this name; may be repeated")
      ->expected(1)
      ->take_all();
  app.add_option("--queue", queue.max_events, "Events that wait for one consumer at most (1000)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}));
  app.add_option("--queue-octets", queue.max_octets,
                 "Octets that wait for one consumer at most (16 MiB)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 40));
  app.add_option(
         "--overflow", queue.overflow,
         "For a full queue: drop-oldest (default), drop-newest, or block: the supplier waits")
      ->transform(CLI::Transformer(kOverflows).description(""))
      ->option_text("drop-oldest|drop-newest|block");
  app.add_option("--unreachable", seconds.unreachable,
                 "Seconds after which a consumer that cannot be reached is disconnected (60)")
      ->check(CLI::Range(0.001, 1e9));
  app.add_option("--supplier-wait", seconds.supplier,
                 "Seconds that a push waits for room under block (50)")
      ->check(CLI::Range(0.001, 1e9));
  app.add_option(
      "--ior-file", line.ior_file,
      "Write the reference of the first --channel, else of the default channel, to this file");
}

}  // namespace

std::optional<CommandLine> parse_command_line(int argc, char** argv, int& exit_status) {
  CommandLine line;
  Seconds seconds;
  CLI::App app{
      "The event service: OMG CosEventChannelAdmin channels with bounded queues.\n"
      "The default channel is corbaloc:iiop:HOST:PORT/EventService (or /EventChannel), a named "
      "one\n"
      "/NAME, the factory /EventChannelFactory. CORBEL_LOG sets the log level.",
      "corbel-events"};
  add_options(app, line, seconds);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error);
    if (exit_status != 0) exit_status = 2;
    return std::nullopt;
  }
  line.service.defaults.unreachable_timeout = to_duration(seconds.unreachable);
  line.service.defaults.supplier_patience = to_duration(seconds.supplier);
  return line;
}

}  // namespace corbel::event_service
