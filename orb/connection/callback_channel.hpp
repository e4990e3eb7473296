#pragma once

#include <orb/connection/outgoing_calls.hpp>

#include <memory>
#include <string>

namespace corbel::connection {

class ServerConnection;

/// Calls to a client's objects over the connection that the client opened. The server's connection
/// owns it, reads for it and hands it the replies; whoever uses it shares that connection.
/// Threads: any.
class CallbackChannel final : public OutgoingCalls {
 public:
  CallbackChannel(ServerConnection& connection, Outbox& outbox, const Limits& limits,
                  transport::Reactor& reactor, ClientCounters& counters);

  void close(const std::string& reason) override;
  const std::string& peer() const noexcept override;
  const std::shared_ptr<detail::ReferenceOrigin>* reference_origin() const noexcept override;

  /// A Reply or LocateReply has come. False when it makes no sense.
  bool take(IncomingMessage& message, std::string& failure);
  /// The connection has ended.
  void end(CallStatus status, const std::string& reason);
  /// The code sets for our requests: what the client chose if it did, else `negotiated`, of which
  /// we tell it then. The first call decides.
  void choose_code_sets(const ior::TransmissionCodeSets* chosen,
                        const ior::TransmissionCodeSets& negotiated);

 private:
  void wait_for_reply(Pending& pending, Deadline deadline, const transport::IoResult& received,
                      MutexLock& lock) override CORBEL_REQUIRES(mutex_);
  void expect_replies() override;
  std::weak_ptr<OutgoingCalls> weak_self() override;

  ServerConnection& connection_;
  bool code_sets_chosen_ CORBEL_GUARDED_BY(mutex_) = false;
};

}  // namespace corbel::connection
