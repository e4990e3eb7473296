#pragma once

#include <orb/adapter/adapter_core.hpp>
#include <orb/adapter/destination.hpp>
#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/worker_threads.hpp>
#include <orb/connection/request_handler.hpp>
#include <orb/ior/keyed_hash.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace corbel::adapter {

/// Finds for each request the adapter and the object that its key names, and hands it to the
/// adapter's dispatcher. Knows what to answer when there is none.
/// Threads: any.
class RequestRouter final : public connection::RequestHandler {
 public:
  /// All lent; no factories: only generated valuetypes are made.
  RequestRouter(const Limits& limits, const std::weak_ptr<detail::OrbCore>& orb,
                const cdr::Decoder::Factories* value_factories = nullptr);

  /// Throws BadParam when the name is in use.
  void add(std::shared_ptr<detail::AdapterCore> adapter);
  void remove(const std::string& name);
  std::shared_ptr<detail::AdapterCore> find_adapter(std::string_view name) const;
  std::vector<std::shared_ptr<detail::AdapterCore>> adapters() const;
  /// Plain keys. Throws ObjectAlreadyActive when the key is in use.
  void add_key(const std::string& key, std::shared_ptr<detail::AdapterCore> adapter,
               std::shared_ptr<ActiveObject> object);
  void clear_keys();
  /// Ends the threads that ask servant managers. Not from one of them.
  bool stop(Deadline deadline) { return locating_threads_.stop(deadline); }
  /// The object is not active any more; its key need not be a plain one.
  void remove_key(const std::string& key, const ActiveObject* object);
  /// The Orb runs: a plain key that nobody has registered is wrong from now on, not early.
  void set_running() noexcept { running_.store(true); }

  /// Throws OBJECT_NOT_EXIST when the object certainly is not there (any more), TRANSIENT when it
  /// may yet come or its adapter holds requests. An object that is not active is destined for the
  /// adapter's servant manager, if it has one.
  Destination find(std::string_view object_key) const;

  connection::Verdict handle_request(const std::shared_ptr<connection::ReplyChannel>& channel,
                                     connection::IncomingMessage& message, bool own_thread,
                                     bool last_try) override;
  connection::Verdict refuse_request(const std::shared_ptr<connection::ReplyChannel>& channel,
                                     connection::IncomingMessage& message,
                                     const std::string& reason) override;
  std::size_t spare_threads() const noexcept override {
    return spare_threads_.load(std::memory_order_relaxed);
  }
  void handle_locate_request(const std::shared_ptr<connection::ReplyChannel>& channel,
                             connection::IncomingMessage& message) override;

 private:
  using Verdict = connection::Verdict;
  using Channel = std::shared_ptr<connection::ReplyChannel>;
  template <class Value>
  using KeyMap = std::unordered_map<std::string, Value, ior::KeyedHash, std::equal_to<>>;

  cdr::Decoder decoder_for(const connection::ReplyChannel& channel,
                           const connection::IncomingMessage& message) const noexcept;
  Verdict dispatch(RequestPointer request, connection::IncomingMessage& message, bool own_thread,
                   bool last_try);
  Dispatcher::Outcome admit(RequestPointer& request, bool own_thread);
  void ask_manager(const Channel& channel, connection::IncomingMessage& message,
                   const giop::LocateRequestHeader& locate, Destination destination);
  void accept_code_sets(connection::ReplyChannel& channel, const giop::RequestHeader& header,
                        cdr::Decoder& decoder);
  static void accept_listen_points(connection::ReplyChannel& channel,
                                   const giop::RequestHeader& header, const cdr::Decoder& decoder);
  static void answer(connection::ReplyChannel& channel, const connection::IncomingMessage& message,
                     const giop::RequestHeader& header, const SystemException& exception);

  Destination find_in_tables(std::string_view object_key) const;
  /// Something has gone from the tables: what threads remember of them holds no more.
  void begin_edition() noexcept;

  const Limits& limits_;
  const std::weak_ptr<detail::OrbCore>& orb_;
  const cdr::Decoder::Factories* value_factories_;
  /// Different from that of any other router, and from all before.
  std::atomic<std::uint64_t> edition_{0};
  std::atomic<bool> running_{false};
  std::atomic<std::size_t> spare_threads_{0};
  /// For LocateRequests to adapters whose upcalls run on the connections' own threads.
  WorkerThreads locating_threads_{"corbel-locate", 4};
  mutable Mutex mutex_;
  /// Few, and named by the server itself.
  std::map<std::string, std::shared_ptr<detail::AdapterCore>, std::less<>> adapters_
      CORBEL_GUARDED_BY(mutex_);
  KeyMap<Destination> keys_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::adapter
