#pragma once

#include <corbel/stub/proxy_base.hpp>

#include <orb/connection/client_connection.hpp>
#include <orb/invocation/detours.hpp>
#include <orb/invocation/encoded_arguments.hpp>
#include <orb/invocation/invoker.hpp>
#include <orb/invocation/orb_core.hpp>

#include <atomic>
#include <memory>

namespace corbel::invocation {

struct Way;

class LocalChannel;

/// An asynchronous call from its start to its outcome, through connecting, forwards and retries. It
/// never blocks the thread that starts it or the reactor: connections are made by worker threads.
/// Threads: any.
class AsyncCall final : public connection::AsyncWaiter,
                        public std::enable_shared_from_this<AsyncCall> {
 public:
  AsyncCall(const detail::ObjectState& target, const stub::Operation& operation,
            std::shared_ptr<stub::ReplyReceiver> receiver, Deadline deadline);

  /// Encodes the arguments and sends them, or has that done once there is a connection.
  void start(Invoker& invoker, stub::EncodeArguments encode);
  void cancel();
  void on_outcome(connection::CallOutcome outcome) override;
  /// Nobody else will end it any more. No effect on a call that has ended.
  void end_with_orb();

 private:
  void go(Invoker& invoker);
  void connect_and_send(Invoker& invoker);
  void send(Invoker& invoker, Way way);
  void send_local(Invoker& invoker);
  void encode_arguments(Invoker& invoker, stub::EncodeArguments encode);
  void take_reply(Invoker& invoker, connection::IncomingMessage& reply,
                  connection::OutgoingCalls* connection);
  bool try_again(Invoker& invoker, const SystemException& failure);
  connection::Introduction write_request(cdr::Encoder& message,
                                         connection::OutgoingCalls* connection, GiopVersion version,
                                         const giop::Addressee& addressee, std::uint32_t id,
                                         const cdr::Encoder& arguments);
  std::shared_ptr<LocalChannel> take_local();
  void succeed(cdr::Decoder& decoder);
  void fail(std::exception_ptr exception);
  template <class Work>
  void guard(Work work);
  static void drain(Invoker& invoker, const std::shared_ptr<Route>& route);

  const std::shared_ptr<Route> route_;
  const std::weak_ptr<detail::OrbCore> orb_;
  const CallOptions options_;
  const stub::Operation& operation_;
  const std::shared_ptr<stub::ReplyReceiver> receiver_;
  const Deadline deadline_;
  EncodedArguments arguments_;
  ObjectRef target_;
  Endpoint endpoint_;
  ior::TransmissionCodeSets code_sets_;  // of the latest request, and its reply
  /// What references in the reply are to remember.
  std::shared_ptr<detail::ReferenceOrigin> reference_origin_;
  unsigned retries_ = 0;
  Detours detours_;
  unsigned addressings_ = 0;
  SteadyClock::time_point retry_until_{};
  std::atomic<bool> done_{false};

  Mutex mutex_;
  std::shared_ptr<connection::OutgoingCalls> connection_ CORBEL_GUARDED_BY(mutex_);
  std::shared_ptr<LocalChannel> local_ CORBEL_GUARDED_BY(mutex_);
  std::uint32_t request_id_ CORBEL_GUARDED_BY(mutex_) = 0;
};

}  // namespace corbel::invocation
