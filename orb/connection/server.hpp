#pragma once

#include <orb/base/log.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/server_connection.hpp>
#include <orb/transport/transport.hpp>

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace corbel::connection {

/// Where an Orb is reached: its listeners and the connections that they accepted, within limits.
/// Threads: any; stop() not from a connection's thread or the reactor.
class Server {
 public:
  /// `callbacks` null: connections are not used for calls to their clients.
  Server(transport::Reactor& reactor, const Limits& limits, RequestHandler& handler,
         std::shared_ptr<CallbackDirectory> callbacks = nullptr);
  ~Server();

  /// Listens there as well. Throws Initialize.
  Endpoint listen(transport::Transport& transport, const Endpoint& endpoint);
  /// Accepts no more.
  void stop_accepting();
  /// Sends CloseConnection everywhere, ends all connections and their threads.
  void stop() { stop(Deadline::never()); }
  /// The same; false when threads are left at the deadline.
  bool stop(Deadline deadline);

  std::size_t connections() const;
  std::size_t threads() const { return threads_.size(); }
  const ServerCounters& counters() const noexcept { return environment_.counters; }
  /// Of the calls to clients over their own connections.
  const ClientCounters& callback_counters() const noexcept {
    return environment_.callback_counters;
  }

 private:
  void accept(std::unique_ptr<transport::Stream> stream);
  bool admit(const std::string& peer_host) CORBEL_REQUIRES(mutex_);
  void forget(const std::shared_ptr<ServerConnection>& connection);
  void schedule_check() CORBEL_REQUIRES(mutex_);
  void check();

  const Limits limits_;
  transport::Reactor& reactor_;
  WorkerThreads threads_;
  ServerEnvironment environment_;
  log::Every surplus_log_;
  mutable Mutex mutex_;
  std::vector<std::unique_ptr<transport::Listener>> listeners_ CORBEL_GUARDED_BY(mutex_);
  std::unordered_set<std::shared_ptr<ServerConnection>> connections_ CORBEL_GUARDED_BY(mutex_);
  std::unordered_map<std::string, std::size_t> per_peer_ CORBEL_GUARDED_BY(mutex_);
  bool checking_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<Server*> self_;  // emptied when the server ends, for timers
};

}  // namespace corbel::connection
