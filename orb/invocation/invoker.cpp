#include <orb/invocation/invoker.hpp>

#include <corbel/call.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/cdr/encoder_lease.hpp>
#include <orb/giop/reply.hpp>
#include <orb/invocation/async_call.hpp>
#include <orb/invocation/detours.hpp>
#include <orb/invocation/failures.hpp>
#include <orb/invocation/local_call.hpp>
#include <orb/invocation/request_start.hpp>
#include <orb/invocation/way.hpp>
#include <orb/ior/reference_data.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace corbel::invocation {

using connection::CallStatus;
using connection::Use;

namespace {
constexpr std::chrono::milliseconds kFirstBackoff{20};
}  // namespace

/// One call on its way through retries and forwards.
struct Invoker::Attempt {
  const detail::ObjectState& target;
  const stub::Operation& operation;
  stub::EncodeArguments encode;
  stub::DecodeResults decode;
  SteadyClock::time_point now;
  Deadline deadline;
  giop::ResponseKind response = giop::ResponseKind::target;
  unsigned retries = 0;
  Detours detours{};
  unsigned addressings = 0;
  std::chrono::nanoseconds backoff = kFirstBackoff;
  SteadyClock::time_point retry_until{};
};

CORBEL_HOT Deadline Invoker::deadline_of(const detail::ObjectState& target,
                                         SteadyClock::time_point now) const {
  const auto own =
      Deadline::after(target.options().deadline.value_or(environment_.limits.call_timeout), now);
  // Nobody waits for the answer of a nested call longer than for the call it is made in.
  const auto* upcall = UpcallThread::current().context;
  if (upcall == nullptr) return own;
  const auto outer = upcall->deadline();
  return outer ? earlier(own, Deadline(*outer)) : own;
}

CORBEL_HOT LocalBinding* Invoker::local(const detail::ObjectState& target) {
  return target.route().local(environment_.bind_local);
}

LocalBinding::Visit* Invoker::visit(const detail::ObjectState& target,
                                    const stub::Operation& operation, std::span<std::byte> memory) {
  auto* binding = local(target);
  if (binding == nullptr) return nullptr;
  // Reading the clock would cost more than the rest of such a call, so only where somebody asked.
  const auto* upcall = UpcallThread::current().context;
  const bool limited = target.options().deadline || (upcall != nullptr && upcall->deadline());
  try {
    return binding->visit(operation, memory,
                          limited ? std::optional(deadline_of(target).at()) : std::nullopt);
  } catch (const SystemException&) {
    // Where the call was forwarded to the object is gone: the way of a message falls back.
    if (target.route().is_forwarded()) return nullptr;
    throw;
  }
}

CORBEL_HOT void Invoker::invoke(const detail::ObjectState& target, const stub::Operation& operation,
                                stub::EncodeArguments encode, stub::DecodeResults decode) {
  const auto now = SteadyClock::now();
  Attempt call{target, operation, encode, decode, now, deadline_of(target, now)};
  const WaitNotice notice;
  while (attempt(call) == Step::again) call.now = SteadyClock::now();
}

void Invoker::invoke_oneway(const detail::ObjectState& target, const stub::Operation& operation,
                            stub::EncodeArguments encode) {
  const auto now = SteadyClock::now();
  Attempt call{target, operation, encode, [](cdr::Decoder&) {}, now, deadline_of(target, now)};
  switch (target.options().sync_scope.value_or(SyncScope::transport)) {
    case SyncScope::none:
    case SyncScope::transport:
      call.response = giop::ResponseKind::none;
      break;
    case SyncScope::server:
      call.response = giop::ResponseKind::server;
      break;
    case SyncScope::target:
      call.response = giop::ResponseKind::target;
      break;
  }
  while (attempt(call) == Step::again) call.now = SteadyClock::now();
}

stub::StartedCall Invoker::invoke_async(const detail::ObjectState& target,
                                        const stub::Operation& operation,
                                        stub::EncodeArguments encode,
                                        std::shared_ptr<stub::ReplyReceiver> receiver) {
  auto call =
      std::make_shared<AsyncCall>(target, operation, std::move(receiver), deadline_of(target));
  call->start(*this, encode);
  // The call holds the reply that holds this: it must not hold the call.
  return {environment_.executor, [started = std::weak_ptr(call)] {
            if (const auto running = started.lock()) running->cancel();
          }};
}

CORBEL_HOT Invoker::Step Invoker::attempt(Attempt& call) {
  try {
    if (call.deadline.at() <= call.now) raise_too_late(call.operation);
    return local(call.target) != nullptr ? attempt_local(call) : attempt_remote(call);
  } catch (const SystemException& failure) {
    const auto detours = environment_.limits.location_forwards;
    if (call.detours.are_over(detours)) throw;
    if (call.detours.fall_back(call.target.route(), failure, detours)) return Step::again;
    const bool repeatable =
        may_retry(failure) ||
        (failure.name() == CommFailure::kName && call.target.options().idempotent.value_or(false));
    if (repeatable && wait_before_retry(call)) return Step::again;
    throw;
  }
}

bool Invoker::wait_before_retry(Attempt& call) {
  const auto now = SteadyClock::now();
  if (call.retries == 0) call.retry_until = now + environment_.limits.retry_window;
  if (++call.retries > environment_.limits.retries) return false;
  const auto resume = now + call.backoff;
  if (resume > call.retry_until || resume >= call.deadline.at()) return false;
  // The first time at once: a connection that was closed in order only needs another one.
  if (call.retries > 1) std::this_thread::sleep_until(resume);
  call.backoff *= 4;
  return true;
}

CORBEL_HOT Invoker::Step Invoker::attempt_remote(Attempt& call) {
  auto& route = call.target.route();
  const bool oneway = call.response == giop::ResponseKind::none;
  const auto use = oneway ? Use::oneway : Use::wait;
  std::optional<ObjectRef> found;  // lends the way what it names
  auto way = find_hot_way(route, use, call.now);
  if (!way.connection) {
    found = route.current();
    way = find_way(environment_, *found, route, use, call.deadline);
    call.now = SteadyClock::now();  // it may have taken long
  }
  auto& connection = *way.connection;
  cdr::EncoderLease message;
  message->allow_references(true);
  const auto id = connection.next_request_id();
  const auto introduction =
      write_request_start(*message, &connection, way.version, id, call.response, way.addressee,
                          call.operation.name, call.target.options(), call.deadline);
  giop::write_body(*message, call.encode);
  giop::finish_message(*message);
  auto outcome = oneway ? connection.send(*message, call.deadline)
                        : connection.call(*message, id, call.deadline, call.now);
  if (outcome.status != CallStatus::replied) {
    raise_not_answered(outcome, found.value_or(route.original()), *way.endpoint, call.operation);
  }
  connection.introduced(introduction);
  return oneway ? Step::done : take_reply(call, outcome.reply, connection.code_sets, &connection);
}

Invoker::Step Invoker::attempt_local(Attempt& call) {
  const ObjectRef target = call.target.route().current();
  cdr::EncoderLease message;
  write_request_start(*message, nullptr, giop::kHighestVersion, 0, call.response,
                      {target.object_key()}, call.operation.name, call.target.options(),
                      call.deadline);
  giop::write_body(*message, call.encode);
  giop::finish_message(*message);
  auto caller = std::make_shared<LocalCaller>();
  auto outcome = caller->call(environment_.local_requests, *message,
                              call.response != giop::ResponseKind::none, call.deadline);
  if (outcome.status != CallStatus::replied) {
    raise_not_answered(outcome, target, Endpoint{target.host(), target.port()}, call.operation);
  }
  if (call.response == giop::ResponseKind::none) return Step::done;
  return take_reply(call, outcome.reply, caller->code_sets(), nullptr);
}

CORBEL_HOT Invoker::Step Invoker::take_reply(Attempt& call, connection::IncomingMessage& reply,
                                             const ior::TransmissionCodeSets& code_sets,
                                             connection::OutgoingCalls* connection) {
  const auto& limits = environment_.limits;
  auto decoder = reply.decoder(code_sets, {limits.materialized_octets, limits.objects,
                                           limits.value_depth, limits.type_code_depth});
  decoder.set_orb(&environment_.orb);
  decoder.set_value_factories(&environment_.value_factories);
  decoder.set_known_values(call.operation.values);
  if (connection != nullptr) decoder.set_reference_origin(connection->reference_origin());
  giop::ReplyHeader header;
  if (!giop::decode_reply_header(decoder, header)) {
    if (connection != nullptr) connection->reject_reply(decoder.failure());
    throw Marshal("the reply's header: " + std::string(decoder.failure()), Completion::maybe);
  }
  switch (header.status) {
    case giop::ReplyStatus::no_exception:
      // A server that answers on reception sends no results.
      if (call.response == giop::ResponseKind::server) return Step::done;
      call.decode(decoder);
      stub::end_results(decoder);
      return Step::done;
    case giop::ReplyStatus::user_exception:
      raise_user_exception(decoder, call.operation);
    case giop::ReplyStatus::system_exception:
      raise_peers_exception(decoder, header, call.target.route().current(), call.operation);
    case giop::ReplyStatus::location_forward:
    case giop::ReplyStatus::location_forward_perm: {
      auto target = decode<ObjectRef>(decoder);
      decoder.throw_if_failed("reading where the call is forwarded",
                              static_cast<std::uint32_t>(Completion::no));
      call.detours.forward(call.target.route(), std::move(target),
                           header.status == giop::ReplyStatus::location_forward_perm,
                           limits.location_forwards);
      return Step::again;
    }
    case giop::ReplyStatus::needs_addressing_mode:
      change_addressing(decoder, call.target.route(), call.addressings);
  }
  return Step::again;
}

void change_addressing(cdr::Decoder& decoder, Route& route, unsigned& asked) {
  constexpr unsigned kOtherWays = 2;  // than the one tried first
  const auto wanted = giop::decode_addressing_disposition(decoder);
  if (!wanted) throw Marshal("the server wants an unknown way of addressing", Completion::no);
  if (++asked > kOtherWays) {
    throw NoImplement(
        "the server wants the object named in yet another way, by key, profile and "
        "reference in turn",
        Completion::no);
  }
  route.set_addressing(*wanted);
}

}  // namespace corbel::invocation
