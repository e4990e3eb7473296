#include <orb/facade/orb_impl.hpp>

#include <orb/base/clock.hpp>
#include <orb/base/log.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/dispatch/make_dispatcher.hpp>
#include <orb/facade/incarnations.hpp>
#include <orb/facade/local_binding.hpp>
#include <orb/facade/options.hpp>
#include <orb/facade/published.hpp>
#include <orb/giop/listen_points.hpp>
#include <orb/ior/reference_data.hpp>
#include <orb/transport/tcp_transport.hpp>

#include <csignal>

#include <algorithm>
#include <utility>

namespace corbel::facade {

namespace {

constexpr std::chrono::seconds kAnswersEnd{1};
// Threads whose work has ended need no more than this to end themselves.
constexpr std::chrono::seconds kThreadsEnd{2};

Limits limits_from(const OrbOptions& options) {
  Limits limits;
  limits.message_size = options.max_message_size;
  limits.materialized_octets = std::max(limits.materialized_octets, options.max_message_size);
  limits.fragment_size = checked_fragment_size(options.fragment_size);
  limits.connections = options.max_connections;
  limits.connections_per_peer = options.max_connections_per_peer;
  limits.requests_in_flight = options.max_requests_per_connection;
  limits.connect_timeout = options.connect_timeout;
  limits.call_timeout = options.call_timeout;
  limits.idle_timeout = options.idle_timeout;
  return limits;
}

/// Continuations of replies: threads that may block. One that waits for an answer gives its place
/// to another, so that continuations may wait for continuations.
class ContinuationThreads final : public detail::Executor, private WaitObserver {
 public:
  ~ContinuationThreads() override { threads_.stop(); }
  void execute(std::function<void()> work) override {
    const auto observed = [this, work] {
      const ObserverScope scope(*this);
      work();
    };
    // After the end a continuation still runs, where its reply was completed.
    if (!threads_.run_or_queue(observed)) work();
  }
  bool stop(Deadline deadline) { return threads_.stop(deadline); }
  bool is_current() const noexcept { return threads_.is_current(); }

 private:
  void will_wait() override { threads_.change_maximum(1); }
  void did_wait() override { threads_.change_maximum(-1); }

  WorkerThreads threads_{"corbel-then", 16};
};

}  // namespace

std::shared_ptr<OrbImpl> OrbImpl::make(OrbOptions options,
                                       std::shared_ptr<transport::Transport> transport) {
  auto orb = std::make_shared<OrbImpl>(std::move(options));
  orb->self_ = orb;
  orb->wire(std::move(transport));
  return orb;
}

std::shared_ptr<detail::OrbCore> make_core(OrbOptions options,
                                           std::shared_ptr<transport::Transport> transport) {
  return OrbImpl::make(std::move(options), std::move(transport));
}

OrbImpl::OrbImpl(OrbOptions options)
    : options_(std::move(options)),
      limits_(limits_from(options_)),
      upcall_threads_("corbel-upcall", limits_.connections + 256),
      initial_references_(options_.initial_references) {}

void OrbImpl::wire(std::shared_ptr<transport::Transport> transport) {
  client_transport_ =
      transport ? transport : std::make_shared<transport::TcpTransport>(client_reactor_);
  server_transport_ =
      transport ? transport : std::make_shared<transport::TcpTransport>(server_reactor_);
  router_ = std::make_unique<adapter::RequestRouter>(limits_, self_, &lent_factories_);
  wire_callbacks();
  pool_ = std::make_unique<connection::ConnectionPool>(*client_transport_, client_reactor_, limits_,
                                                       options_.max_client_connections_per_endpoint,
                                                       callback_offer_.get());
  executor_ = std::make_shared<ContinuationThreads>();
  invoker_ = std::make_unique<invocation::Invoker>(invocation::Invoker::Environment{
      .pool = *pool_,
      .reactor = client_reactor_,
      .limits = limits_,
      .local_requests = *router_,
      .bind_local = [this](const ObjectRef& ref) { return bind_local(ref); },
      .executor = executor_,
      .workers = workers_,
      .upcall_threads = upcall_threads_,
      .orb = self_,
      .value_factories = value_factories_,
      .trusted_origin = options_.trust_listen_points ? callback_directory_.get() : nullptr,
  });
}

void OrbImpl::wire_callbacks() {
  const auto policy = options_.bidirectional;
  if (policy == Bidirectional::offer || policy == Bidirectional::both) {
    callback_offer_ = std::make_unique<connection::CallbackOffer>(*router_, upcall_threads_);
  }
  if (policy == Bidirectional::accept || policy == Bidirectional::both) {
    callback_directory_ =
        std::make_shared<connection::CallbackDirectory>(options_.trust_listen_points);
  }
}

OrbImpl::~OrbImpl() { shutdown_now(); }

Adapter OrbImpl::create_adapter(std::string name, const AdapterOptions& options) {
  MutexLock lock(mutex_);
  if (stopping_ || stop_requested_) throw BadInvOrder("create_adapter: the Orb is shut down");
  if (router_->find_adapter(name))
    throw BadParam("an adapter named \"" + name + "\" exists in this Orb");
  detail::AdapterCore::Settings settings;
  settings.persistent = options.lifespan == Lifespan::persistent;
  settings.timestamp = next_timestamp(name, options);
  settings.name = std::move(name);
  settings.ids = options.ids;
  settings.held_requests = options.held_requests;
  settings.host = weak_from_this();
  auto core = std::make_shared<detail::AdapterCore>(
      std::move(settings), dispatch::make_dispatcher(options.dispatch, server_reactor_));
  if (!listening_) listen();
  router_->add(core);
  return Adapter(std::move(core));
}

std::uint64_t OrbImpl::next_timestamp(const std::string& name, const AdapterOptions& options) {
  last_timestamp_ = std::max(last_timestamp_ + 1, realtime_ns_since_epoch());
  if (options.lifespan == Lifespan::transient) return last_timestamp_;
  if (options_.port == 0 || options_.data_directory.empty()) {
    throw Initialize(
        "the persistent adapter \"" + name +
        "\" needs a fixed port and a data directory, or its references would not survive a restart "
        "(OrbOptions::port and data_directory, --corbel-port and --corbel-data-directory)");
  }
  return persistent_timestamp(options_.data_directory, name, last_timestamp_);
}

void OrbImpl::listen() {
  if (options_.listen) {
    auto server = std::make_unique<connection::Server>(server_reactor_, limits_, *router_,
                                                       callback_directory_);
    std::string host = options_.host;
    // As users write an IPv6 address everywhere else.
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto bound = server->listen(*server_transport_, {host, options_.port});
    published_ = published_endpoints(bound, options_.advertise);
    own_endpoints_ = published_;
    own_endpoints_.push_back(bound);
    server_ = std::move(server);
  } else {
    published_ = published_endpoints(unreachable_endpoint(), options_.advertise);
    own_endpoints_ = published_;
  }
  listening_ = true;
  if (callback_offer_) callback_offer_->set_listen_points(giop::encode_listen_points(published_));
}

Object OrbImpl::object(const ObjectRef& ref) {
  if (ref.is_nil()) return {};
  return stub::ObjectAccess::make(&self_, ref);
}

Object OrbImpl::make_own_object(std::string_view type_id, std::string_view object_key) {
  std::vector<Endpoint> endpoints;
  {
    MutexLock lock(mutex_);
    endpoints = published_;
  }
  return stub::ObjectAccess::make(&self_, ior::make_reference(type_id, endpoints, object_key));
}

void OrbImpl::add_key(const std::string& key, const std::shared_ptr<detail::AdapterCore>& adapter,
                      const std::shared_ptr<adapter::ActiveObject>& object) {
  router_->add_key(key, adapter, object);
}

void OrbImpl::remove_key(const std::string& key, const adapter::ActiveObject* object) {
  router_->remove_key(key, object);
}

void OrbImpl::retire(const std::shared_ptr<detail::AdapterCore>& adapter) {
  retired_.add(adapter);  // first: an Orb that ends meanwhile must not miss it
  router_->remove(adapter->name());
}

void OrbImpl::end_retired(const std::shared_ptr<detail::AdapterCore>& adapter, bool may_wait) {
  if (may_wait) {
    retired_.end(adapter);
  } else {
    retired_.end_later(adapter);
  }
}

std::shared_ptr<invocation::LocalBinding> OrbImpl::bind_local(const ObjectRef& ref) {
  if (!options_.collocation) return nullptr;
  MutexLock lock(mutex_);
  for (const auto& endpoint : ref.endpoints()) {
    if (std::find(own_endpoints_.begin(), own_endpoints_.end(), endpoint) == own_endpoints_.end())
      continue;
    return std::make_shared<RouterBinding>(*router_, ref.object_key());
  }
  return nullptr;
}

std::optional<std::string> OrbImpl::initial_reference(const std::string& name,
                                                      std::string& known) const {
  MutexLock lock(mutex_);
  const auto found = initial_references_.find(name);
  if (found != initial_references_.end()) return found->second;
  for (const auto& [other, text] : initial_references_)
    known += (known.empty() ? "" : ", ") + other;
  return std::nullopt;
}

void OrbImpl::set_initial_reference(std::string name, std::string text) {
  MutexLock lock(mutex_);
  initial_references_[std::move(name)] = std::move(text);
}

void OrbImpl::run() {
  for (const auto& adapter : router_->adapters()) adapter->try_set_state(AdapterState::active);
  router_->set_running();
  {
    MutexLock lock(mutex_);
    while (!stop_requested_ && !stopping_) state_changed_.wait(lock);
  }
  shutdown_now();
}

void OrbImpl::shutdown() {
  const bool on_own_thread = UpcallThread::current().depth != 0 || server_reactor_.is_current() ||
                             client_reactor_.is_current() || workers_.is_current() ||
                             static_cast<ContinuationThreads&>(*executor_).is_current();
  if (!on_own_thread) return shutdown_now();
  MutexLock lock(mutex_);
  if (stop_requested_ || stopping_) return;
  stop_requested_ = true;
  state_changed_.notify_all();
  // Whoever is in run() does it; without anybody there, a thread of its own.
  ender_ = std::thread([this] {
    name_thread("corbel-end");
    shutdown_now();
  });
}

void OrbImpl::shutdown_now() {
  {
    MutexLock lock(mutex_);
    stop_requested_ = true;
    state_changed_.notify_all();
    if (stopping_) {
      while (!stopped_) state_changed_.wait(lock);
    } else {
      stopping_ = true;
      lock.unlock();
      if (!stop_everything()) leave_behind();
      lock.lock();
      stopped_ = true;
      state_changed_.notify_all();
    }
  }
  end_after_run();
}

// False when some threads do not end.
bool OrbImpl::stop_everything() {
  const auto began = SteadyClock::now();
  if (server_) server_->stop_accepting();
  bool all = stop_adapters();
  shut_down_.store(true, std::memory_order_release);
  pool_->close();
  invoker_->unfinished_calls().end();
  client_reactor_.stop_resolving();
  const auto until = Deadline::after(std::max<std::chrono::nanoseconds>(
      options_.shutdown_timeout - (SteadyClock::now() - began), kThreadsEnd));
  all = upcall_threads_.stop(until) && all;
  if (server_) all = server_->stop(until) && all;
  router_->clear_keys();  // not while peers are served: a key that is gone is gone for good
  all = workers_.stop(until) && all;
  all = static_cast<ContinuationThreads&>(*executor_).stop(until) && all;
  all = client_reactor_.stop(until) && all;
  return server_reactor_.stop(until) && all;
}

// Threads that run on use what belongs to the Orb.
void OrbImpl::leave_behind() {
  log::error("orb",
             "shutting down: upcalls or continuations do not end; their threads are left behind");
  static Mutex mutex;
  static auto& left = *new std::vector<std::shared_ptr<detail::OrbCore>>();
  MutexLock lock(mutex);
  left.push_back(self_.lock());
}

void OrbImpl::end_after_run() {
  std::thread ender;
  {
    MutexLock lock(mutex_);
    if (ender_.get_id() != std::this_thread::get_id()) ender.swap(ender_);
  }
  if (ender.joinable()) ender.join();
}

bool OrbImpl::stop_adapters() {
  auto adapters = router_->adapters();
  const auto retired = retired_.all();
  adapters.insert(adapters.end(), retired.begin(), retired.end());
  for (const auto& adapter : adapters) adapter->try_set_state(AdapterState::discarding);
  const auto until = Deadline::after(options_.shutdown_timeout);
  for (const auto& adapter : adapters) adapter->drain(until.remaining(), kAnswersEnd);
  const auto threads_end =
      Deadline::after(std::max<std::chrono::nanoseconds>(until.remaining(), kThreadsEnd));
  bool all = router_->stop(threads_end);
  for (const auto& adapter : adapters) all = adapter->dispatcher().stop(threads_end) && all;
  all = retired_.stop(threads_end) && all;
  for (const auto& adapter : adapters) adapter->release_objects();
  return all;
}

void OrbImpl::shutdown_on_signals() {
  server_reactor_.on_signals({SIGINT, SIGTERM}, [self = weak_from_this()] {
    const auto orb = self.lock();
    if (!orb) return;
    log::info("orb", "signal: shutting down");
    orb->shutdown();
  });
}

std::vector<Endpoint> OrbImpl::endpoints() const {
  MutexLock lock(mutex_);
  if (!server_) return {};
  return {own_endpoints_.back()};  // the bound one; what is published may be elsewhere
}

Orb::Statistics OrbImpl::statistics() const {
  Orb::Statistics result;
  result.client_connections = pool_->size();
  result.requests_sent = pool_->counters().requests_sent.load();
  result.unknown_replies = pool_->counters().unknown_replies.load();
  result.protocol_errors = pool_->counters().protocol_errors.load();
  MutexLock lock(mutex_);
  result.threads = workers_.size() + upcall_threads_.size();
  if (!server_) return result;
  result.server_connections = server_->connections();
  result.requests_received = server_->counters().requests_received.load();
  result.requests_sent += server_->callback_counters().requests_sent.load();
  result.unknown_replies += server_->callback_counters().unknown_replies.load();
  result.protocol_errors += server_->counters().protocol_errors.load();
  result.refused_connections = server_->counters().refused_connections.load();
  result.threads += server_->threads();
  return result;
}

}  // namespace corbel::facade
