#include <orb/connection/server.hpp>

#include <future>
#include <utility>

namespace corbel::connection {

namespace {
// While connections have threads of their own, upcalls that take long are looked for this often;
// otherwise only idle and slow peers are.
constexpr std::chrono::milliseconds kBusyCheck{50};
constexpr std::chrono::milliseconds kQuietCheck{1000};
// For all peers together that do not read what is sent to them.
constexpr std::chrono::seconds kFarewell{2};
}  // namespace

Server::Server(transport::Reactor& reactor, const Limits& limits, RequestHandler& handler,
               std::shared_ptr<CallbackDirectory> callbacks)
    : limits_(limits),
      reactor_(reactor),
      threads_("corbel-conn", limits.connections + 256),
      environment_{.limits = limits, .reactor = reactor, .threads = threads_, .handler = handler},
      surplus_log_(limits.surplus_log_interval),
      self_(std::make_shared<Server*>(this)) {
  environment_.callbacks = std::move(callbacks);
  environment_.on_closed = [this](const auto& connection) { forget(connection); };
}

Server::~Server() {
  stop();
  // What the reactor has begun for a connection may still look at the environment: let it pass.
  if (reactor_.is_current()) return;
  const auto passed = std::make_shared<std::promise<void>>();
  auto future = passed->get_future();
  if (reactor_.post([passed] { passed->set_value(); })) future.wait();
}

Endpoint Server::listen(transport::Transport& transport, const Endpoint& endpoint) {
  auto listener = transport.listen(endpoint);
  const auto bound = listener->endpoint();
  listener->start([this](std::unique_ptr<transport::Stream> stream) { accept(std::move(stream)); });
  MutexLock lock(mutex_);
  listeners_.push_back(std::move(listener));
  return bound;
}

void Server::accept(std::unique_ptr<transport::Stream> stream) {
  std::shared_ptr<ServerConnection> connection;
  {
    MutexLock lock(mutex_);
    if (stopped_) return;
    if (!admit(stream->peer_host())) {
      environment_.counters.refused_connections.fetch_add(1, std::memory_order_relaxed);
      surplus_log_.write(log::Level::warn, "acceptor",
                         "too many connections: closed one from " + stream->peer());
      return;
    }
    connection = std::make_shared<ServerConnection>(std::move(stream), environment_);
    connections_.insert(connection);
    schedule_check();
    // Under the lock: stop() must find it started.
    if (connection->start()) return;
  }
  connection->close("the reactor cannot watch it");
}

bool Server::admit(const std::string& peer_host) {
  if (connections_.size() >= limits_.connections) return false;
  if (peer_host.empty()) return true;
  auto& count = per_peer_[peer_host];
  if (count >= limits_.connections_per_peer) return false;
  ++count;
  return true;
}

void Server::forget(const std::shared_ptr<ServerConnection>& connection) {
  MutexLock lock(mutex_);
  if (connections_.erase(connection) == 0) return;
  const auto peer = per_peer_.find(connection->peer_host());
  if (peer != per_peer_.end() && --peer->second == 0) per_peer_.erase(peer);
}

void Server::schedule_check() {
  if (checking_ || stopped_) return;
  checking_ = true;
  const bool busy = environment_.connection_threads.load(std::memory_order_relaxed) != 0;
  reactor_.call_at(SteadyClock::now() + (busy ? kBusyCheck : kQuietCheck),
                   [self = std::weak_ptr<Server*>(self_)] {
                     if (const auto server = self.lock()) (*server)->check();
                   });
}

void Server::check() {
  std::vector<std::shared_ptr<ServerConnection>> connections;
  {
    MutexLock lock(mutex_);
    checking_ = false;
    if (stopped_) return;
    connections.assign(connections_.begin(), connections_.end());
    if (!connections.empty()) schedule_check();
  }
  const auto now = SteadyClock::now();
  for (const auto& connection : connections) connection->check(now);
}

void Server::stop_accepting() {
  std::vector<std::unique_ptr<transport::Listener>> listeners;
  {
    MutexLock lock(mutex_);
    listeners.swap(listeners_);
  }
  for (const auto& listener : listeners) listener->stop();
}

bool Server::stop(Deadline deadline) {
  stop_accepting();
  std::vector<std::shared_ptr<ServerConnection>> connections;
  {
    MutexLock lock(mutex_);
    stopped_ = true;
    self_.reset();
    connections.assign(connections_.begin(), connections_.end());
  }
  const auto until = Deadline::after(kFarewell);
  for (const auto& connection : connections) connection->close_in_order(until);
  return threads_.stop(deadline);
}

std::size_t Server::connections() const {
  MutexLock lock(mutex_);
  return connections_.size();
}

}  // namespace corbel::connection
