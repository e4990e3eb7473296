#pragma once

#include <corbel/orb.hpp>

#include <orb/adapter/adapter_host.hpp>
#include <orb/adapter/request_router.hpp>
#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/worker_threads.hpp>
#include <orb/cdr/value_factories.hpp>
#include <orb/connection/callback_directory.hpp>
#include <orb/connection/callback_offer.hpp>
#include <orb/connection/connection_pool.hpp>
#include <orb/connection/server.hpp>
#include <orb/facade/retired_adapters.hpp>
#include <orb/invocation/invoker.hpp>
#include <orb/invocation/orb_core.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/transport.hpp>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace corbel::facade {

/// All parts of an Orb and their wiring.
/// Threads: any, but shutdown_now() not from a thread of the Orb.
class OrbImpl final : public detail::OrbCore,
                      public adapter::AdapterHost,
                      public std::enable_shared_from_this<OrbImpl> {
 public:
  /// `transport` null: TCP. Tests bring their own.
  static std::shared_ptr<OrbImpl> make(OrbOptions options,
                                       std::shared_ptr<transport::Transport> transport = nullptr);
  explicit OrbImpl(OrbOptions options);
  ~OrbImpl() override;

  invocation::Invoker& invoker() noexcept override { return *invoker_; }
  bool is_shut_down() const noexcept override { return shut_down_.load(std::memory_order_acquire); }

  Adapter create_adapter(std::string name, const AdapterOptions& options);
  Object object(const ObjectRef& ref);
  /// The text set under that name; nullopt for an unknown one, `known` then lists what there is.
  std::optional<std::string> initial_reference(const std::string& name, std::string& known) const;
  void set_initial_reference(std::string name, std::string text);

  cdr::ValueFactories& value_factories() noexcept { return *value_factories_; }

  void run();
  void shutdown();
  void shutdown_now();
  void shutdown_on_signals();
  std::vector<Endpoint> endpoints() const;
  Orb::Statistics statistics() const;

  // AdapterHost
  Object make_own_object(std::string_view type_id, std::string_view object_key) override;
  void add_key(const std::string& key, const std::shared_ptr<detail::AdapterCore>& adapter,
               const std::shared_ptr<adapter::ActiveObject>& object) override;
  void remove_key(const std::string& key, const adapter::ActiveObject* object) override;
  void retire(const std::shared_ptr<detail::AdapterCore>& adapter) override;
  void end_retired(const std::shared_ptr<detail::AdapterCore>& adapter, bool may_wait) override;

 private:
  void wire(std::shared_ptr<transport::Transport> transport);
  void wire_callbacks();
  void listen() CORBEL_REQUIRES(mutex_);
  std::uint64_t next_timestamp(const std::string& name, const AdapterOptions& options)
      CORBEL_REQUIRES(mutex_);
  std::shared_ptr<invocation::LocalBinding> bind_local(const ObjectRef& ref);
  bool stop_everything();
  bool stop_adapters();
  void leave_behind();
  void end_after_run();

  const OrbOptions options_;
  const Limits limits_;
  std::weak_ptr<detail::OrbCore> self_;
  transport::Reactor server_reactor_{"corbel-server"};
  transport::Reactor client_reactor_{"corbel-client"};
  std::shared_ptr<transport::Transport> client_transport_;
  std::shared_ptr<transport::Transport> server_transport_;
  // Shared with anys, which may be read when the Orb is gone.
  const std::shared_ptr<cdr::ValueFactories> value_factories_ =
      std::make_shared<cdr::ValueFactories>();
  const cdr::Decoder::Factories lent_factories_ = value_factories_;
  std::unique_ptr<adapter::RequestRouter> router_;
  WorkerThreads upcall_threads_;
  std::unique_ptr<connection::CallbackOffer> callback_offer_;
  std::shared_ptr<connection::CallbackDirectory> callback_directory_;
  std::unique_ptr<connection::ConnectionPool> pool_;
  std::unique_ptr<connection::Server> server_;
  WorkerThreads workers_{"corbel-worker", 64};
  std::shared_ptr<detail::Executor> executor_;
  std::unique_ptr<invocation::Invoker> invoker_;
  std::atomic<bool> shut_down_{false};

  mutable Mutex mutex_;
  Condition state_changed_;
  bool stop_requested_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopping_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
  bool listening_ CORBEL_GUARDED_BY(mutex_) = false;
  std::vector<Endpoint> published_ CORBEL_GUARDED_BY(mutex_);
  std::vector<Endpoint> own_endpoints_ CORBEL_GUARDED_BY(mutex_);
  std::uint64_t last_timestamp_ CORBEL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::string> initial_references_ CORBEL_GUARDED_BY(mutex_);
  std::thread ender_ CORBEL_GUARDED_BY(mutex_);
  RetiredAdapters retired_;
};

/// The Orb behind the public class.
inline OrbImpl& impl(const std::shared_ptr<detail::OrbCore>& core) {
  return static_cast<OrbImpl&>(*core);
}

/// Another Orb behind the same public face, on a transport of the caller's (tests).
std::shared_ptr<detail::OrbCore> make_core(OrbOptions options,
                                           std::shared_ptr<transport::Transport> transport);

}  // namespace corbel::facade
