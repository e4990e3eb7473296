#pragma once

#include <corbel/adapter.hpp>
#include <corbel/call.hpp>
#include <corbel/dispatch.hpp>
#include <corbel/exceptions.hpp>
#include <corbel/object.hpp>
#include <corbel/reply.hpp>
#include <corbel/stub/value.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

class Naming;

/// Calls back over a connection that the client opened (bidirectional GIOP, CORBA 3.3 part 2, 9.9):
/// for clients that cannot be connected to. Both sides must want it.
enum class Bidirectional : std::uint8_t {
  off,
  offer,   ///< client: servers may call our objects over the connections that we open to them
  accept,  ///< server: a client's objects are called over the connection that they were passed on
  both,
};

struct OrbOptions {
  /// Where servants are reached. Loopback unless decided otherwise; the decision is logged.
  std::string host = "127.0.0.1";
  /// 0: any free port, chosen when the first adapter is created.
  std::uint16_t port = 0;
  /// "host[:port]" to publish in references instead (containers, NAT); several separated by commas.
  std::string advertise{};
  /// False: nobody can connect. Objects are called within this Orb, and over its own connections if
  /// it offers that (`bidirectional`); references carry `advertise`, or a host that does not exist.
  bool listen = true;
  Bidirectional bidirectional = Bidirectional::off;
  /// A client names the addresses for which its connection stands, and may lie. So a connection is
  /// used for references that were received over it, or over an earlier one from the same host.
  /// True: for any reference with such an address, wherever it came from (the naming service, a
  /// file); only among clients that are trusted.
  bool trust_listen_points = false;
  /// Where persistent adapters keep their timestamps.
  std::filesystem::path data_directory{};

  std::chrono::nanoseconds connect_timeout = std::chrono::seconds(10);
  std::chrono::nanoseconds call_timeout = std::chrono::seconds(60);
  /// How long shutdown() waits for running upcalls (and continuations of replies). What has not
  /// ended then is left behind: logged as an error, its thread and what it uses live on until the
  /// process ends.
  std::chrono::nanoseconds shutdown_timeout = std::chrono::seconds(30);
  /// A connection without traffic or outstanding calls is closed after this time.
  std::chrono::nanoseconds idle_timeout = std::chrono::seconds(180);

  std::size_t max_message_size = 64u << 20;
  /// Larger messages are sent in fragments of this size, header included, from GIOP 1.1 on: for
  /// peers that take no larger ones. At least 2048; 0: every message whole.
  std::size_t fragment_size = 2u << 20;
  std::size_t max_connections = 10'000;
  /// From one peer address; loopback excepted.
  std::size_t max_connections_per_peer = 256;
  /// Requests in work on one connection, the next is answered TRANSIENT.
  std::size_t max_requests_per_connection = 128;
  /// Connections that this Orb opens to one endpoint for concurrent calls.
  std::size_t max_client_connections_per_endpoint = 16;

  /// Name to reference text: {"NameService", "corbaloc::localhost:2809/NameService"}.
  std::map<std::string, std::string> initial_references{};
  /// Calls to objects of this same Orb run without the network.
  bool collocation = true;
};

/// The broker: owns threads and connections. Several may live in one process; there is no global
/// state. Destruction is shutdown() and waits for it: not in an upcall or a continuation (call
/// shutdown() there). Threads: every member may be called from any thread.
class Orb {
 public:
  Orb();
  explicit Orb(OrbOptions options);
  /// Also reads, and removes from argv, --corbel-host, --corbel-port, --corbel-advertise,
  /// --corbel-listen yes|no, --corbel-bidirectional off|offer|accept|both,
  /// --corbel-trust-listen-points yes|no, --corbel-data-directory, --corbel-fragment-size and
  /// --corbel-init-ref NAME=REFERENCE (each as "--x VALUE" or "--x=VALUE"), and the environment:
  /// CORBEL_INIT_REF (NAME=REFERENCE, several separated by commas), CORBEL_FRAGMENT_SIZE,
  /// CORBEL_LOG. Throws BadParam naming a bad option.
  Orb(int& argc, char** argv, OrbOptions options = {});
  ~Orb();
  Orb(const Orb&) = delete;
  Orb& operator=(const Orb&) = delete;

  /// A new object adapter. Throws BadParam if the name is in use, and Initialize when a persistent
  /// adapter has no fixed port or data directory, or the address cannot be bound.
  Adapter create_adapter(std::string name, AdapterOptions options = {});

  /// The object that a reference denotes, unchecked: T may be wrong, calls tell.
  /// corbaname: and corbaloc:rir: are looked up here, which calls remote objects.
  template <Proxy T = Object>
  T object(const ObjectRef& ref) {
    return T(make_object(ref));
  }
  template <Proxy T = Object>
  T object(std::string_view text) {
    return object<T>(ObjectRef::parse(text));
  }

  /// What makes the valuetypes T that this Orb receives: a class of the user's that derives from T,
  /// which is needed when T has operations, or a T prepared in some other way. Of T's descendants
  /// this says nothing, except that from now on T is known wherever a base of it is expected.
  /// `make` is called for each T in a message, on the thread that reads it.
  template <std::derived_from<ValueBase> T>
  void register_value_factory(std::function<std::shared_ptr<T>()> make) {
    add_value_factory(stub::kValueType<T>, std::move(make));
  }
  /// Values of class Implementation, which derives from the valuetype T.
  template <std::derived_from<ValueBase> T, std::derived_from<T> Implementation = T>
  void register_value() {
    register_value_factory<T>([] { return std::make_shared<Implementation>(); });
  }

  /// Initial references: set by options, environment or here ("NameService").
  /// Throws BadParam naming those that are known.
  template <Proxy T = Object>
  T initial_reference(std::string_view name) {
    return T(resolve_initial_reference(name));
  }
  void set_initial_reference(std::string name, const Object& object);

  /// The naming service behind the initial reference "NameService"; include <corbel/naming.hpp>.
  Naming naming();

  /// Activates every adapter, then waits for shutdown().
  void run();
  /// Stops accepting, lets running calls finish (OrbOptions::shutdown_timeout), closes connections,
  /// ends threads. Called inside an upcall it returns at once and the rest happens afterwards.
  void shutdown();
  /// Makes run() return and shuts down on SIGINT and SIGTERM.
  void shutdown_on_signals();

  /// Where this Orb listens; empty before the first adapter is created.
  std::vector<Endpoint> endpoints() const;

  struct Statistics {
    std::size_t client_connections = 0;
    std::size_t server_connections = 0;
    std::uint64_t requests_sent = 0;
    std::uint64_t requests_received = 0;
    std::uint64_t protocol_errors = 0;
    std::uint64_t refused_connections = 0;
    std::uint64_t unknown_replies = 0;
    std::size_t threads = 0;
  };
  Statistics statistics() const;

  /// Internal.
  const std::shared_ptr<detail::OrbCore>& core() const noexcept { return core_; }
  explicit Orb(std::shared_ptr<detail::OrbCore> core);

 private:
  /// Without looking anything up.
  Object inert_object(const ObjectRef& ref);
  Object make_object(const ObjectRef& ref);
  void add_value_factory(const stub::ValueType& type,
                         std::function<std::shared_ptr<ValueBase>()> make);
  Object resolve_initial_reference(std::string_view name);

  std::shared_ptr<detail::OrbCore> core_;
};

}  // namespace corbel
