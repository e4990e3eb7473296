#pragma once

#include <corbel/reply.hpp>
#include <corbel/stub/proxy_base.hpp>

#include <orb/base/limits.hpp>
#include <orb/base/worker_threads.hpp>
#include <orb/connection/connection_pool.hpp>
#include <orb/connection/reference_origin.hpp>
#include <orb/connection/request_handler.hpp>
#include <orb/giop/request.hpp>
#include <orb/invocation/orb_core.hpp>
#include <orb/invocation/unfinished_calls.hpp>
#include <orb/transport/reactor.hpp>

#include <functional>
#include <memory>

namespace corbel::invocation {

/// Makes calls: picks the way (this process or a connection), retries what is safe to repeat,
/// follows forwards, turns replies into results and exceptions. Threads: any.
class Invoker {
 public:
  struct Environment {
    connection::ConnectionPool& pool;
    transport::Reactor& reactor;
    const Limits& limits;
    /// Takes requests to this Orb's own objects.
    connection::RequestHandler& local_requests;
    /// The object of this Orb that a reference denotes, null for others.
    std::function<std::shared_ptr<LocalBinding>(const ObjectRef&)> bind_local;
    /// Continuations of replies.
    std::shared_ptr<detail::Executor> executor;
    /// Connects for asynchronous calls.
    WorkerThreads& workers;
    /// Runs upcalls of asynchronous calls in this process that need a thread of their caller's. As
    /// many as there may be connections: calls that wait for each other must not wait for a thread.
    WorkerThreads& upcall_threads;
    std::weak_ptr<detail::OrbCore> orb;
    cdr::Decoder::Factories value_factories = nullptr;
    /// Leads to objects whose references came from anywhere; null: only where they came from.
    detail::ReferenceOrigin* trusted_origin = nullptr;
  };

  explicit Invoker(Environment environment) : environment_(std::move(environment)) {}

  void invoke(const detail::ObjectState& target, const stub::Operation& operation,
              stub::EncodeArguments encode, stub::DecodeResults decode);
  void invoke_oneway(const detail::ObjectState& target, const stub::Operation& operation,
                     stub::EncodeArguments encode);
  stub::StartedCall invoke_async(const detail::ObjectState& target,
                                 const stub::Operation& operation, stub::EncodeArguments encode,
                                 std::shared_ptr<stub::ReplyReceiver> receiver);
  /// The servant for a direct call; null: no direct call.
  LocalBinding::Visit* visit(const detail::ObjectState& target, const stub::Operation& operation,
                             std::span<std::byte> memory);

  Environment& environment() noexcept { return environment_; }
  Deadline deadline_of(const detail::ObjectState& target,
                       SteadyClock::time_point now = SteadyClock::now()) const;
  LocalBinding* local(const detail::ObjectState& target);

  UnfinishedCalls& unfinished_calls() noexcept { return unfinished_calls_; }

 private:
  struct Attempt;
  enum class Step : std::uint8_t { done, again };

  Step attempt(Attempt& attempt);
  Step attempt_remote(Attempt& attempt);
  Step attempt_local(Attempt& attempt);
  /// `connection` null: a reply of this process.
  Step take_reply(Attempt& attempt, connection::IncomingMessage& reply,
                  const ior::TransmissionCodeSets& code_sets,
                  connection::OutgoingCalls* connection);
  bool wait_before_retry(Attempt& attempt);

  Environment environment_;
  UnfinishedCalls unfinished_calls_;
};

/// The server wants requests to name the object in another way: the route remembers which. `asked`
/// counts for one call; throws NO_IMPLEMENT when it is more often than there are ways.
void change_addressing(cdr::Decoder& decoder, Route& route, unsigned& asked);

}  // namespace corbel::invocation
