#include "naming-service/command_line.hpp"

#include <CLI/CLI.hpp>

namespace corbel::naming_service {

namespace {

void add_address_options(CLI::App& app, CommandLine& line) {
  app.add_option("--port", line.orb.port, "TCP port; 0 takes any free one and prints it")
      ->check(CLI::Range(0, 65535).description("0 to 65535"))
      ->capture_default_str();
  app.add_option("--host", line.orb.host, "address to listen on; 0.0.0.0 for all")
      ->capture_default_str();
  app.add_option("--advertise", line.orb.advertise,
                 "HOST[:PORT] to publish in references instead (containers, NAT)");
  app.add_option("--ior-file", line.ior_file, "file to write the root context's IOR to");
}

void add_limit_options(CLI::App& app, NamingServiceOptions& service) {
  auto positive = CLI::Range(std::size_t{1}, std::size_t{1'000'000'000});
  auto* limits = app.add_option_group("Limits");
  const auto add = [&](const char* name, std::size_t& limit, const char* what) {
    limits->add_option(name, limit, what)
        ->check(positive.description("above 0"))
        ->capture_default_str();
  };
  add("--max-names", service.tree.bindings, "names in all contexts together");
  add("--max-names-per-context", service.tree.bindings_per_context, "names in one context");
  add("--max-contexts", service.tree.contexts, "naming contexts");
  add("--max-octets", service.tree.octets, "octets of all names and references");
  add("--max-iterators", service.iterators.iterators,
      "binding iterators; the least used gives way");
}

}  // namespace

std::variant<CommandLine, int> read_command_line(int argc, char** argv) {
  CommandLine line;
  line.orb.port = 2809;
  CLI::App app(
      "The Corbel naming service: CosNaming::NamingContextExt at "
      "corbaloc:iiop:HOST:PORT/NameService.\nCORBEL_LOG (trace, debug, info, warn, error, off) "
      "sets what is "
      "logged to standard error.",
      "corbel-naming");
  app.set_version_flag("--version", std::string("corbel-naming ") + CORBEL_VERSION);
  add_address_options(app, line);
  app.add_flag_callback(
      "--memory", [] {}, "keep names in memory only (the only store so far)");
  add_limit_options(app, line.service);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool is_mistake = error.get_exit_code() != 0;
    app.exit(error);
    return is_mistake ? 2 : 0;
  }
  return line;
}

}  // namespace corbel::naming_service
