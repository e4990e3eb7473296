#include <orb/invocation/async_call.hpp>

#include <orb/cdr/encoder_lease.hpp>
#include <orb/invocation/failures.hpp>
#include <orb/invocation/local_call.hpp>
#include <orb/invocation/request_start.hpp>
#include <orb/invocation/way.hpp>

#include <utility>

namespace corbel::invocation {

using connection::CallOutcome;
using connection::CallStatus;
using connection::Use;
using connection::Verdict;

namespace {
constexpr std::chrono::milliseconds kBackoff{20};
}  // namespace

AsyncCall::AsyncCall(const detail::ObjectState& target, const stub::Operation& operation,
                     std::shared_ptr<stub::ReplyReceiver> receiver, Deadline deadline)
    : route_(target.shared_route()),
      orb_(target.weak_orb()),
      options_(target.options()),
      operation_(operation),
      receiver_(std::move(receiver)),
      deadline_(deadline) {}

void AsyncCall::start(Invoker& invoker, stub::EncodeArguments encode) {
  target_ = route_->current();
  // What the caller did wrong, it hears at once; everything else comes with the reply.
  encode_arguments(invoker, encode);
  guard([&] { go(invoker); });
}

// For where the call goes, and where it may be sent from there, or back to. Where the last call was
// answered this one most likely is too: it need not suit others, and in our own encoding anys are
// only copied.
void AsyncCall::encode_arguments(Invoker& invoker, stub::EncodeArguments encode) {
  const cdr::Encoding ours;
  const bool local = route_->local(invoker.environment().bind_local) != nullptr;
  const bool remote = !local && !target_.endpoints().empty();
  const auto encoding = remote ? encoding_for(target_, route_->endpoint()) : ours;
  const bool forwarded = route_->is_forwarded();
  if (encoding == ours && route_->is_settled() && !forwarded)
    return arguments_.encode(encode, encoding, EncodedArguments::Aim::one);
  arguments_.encode(encode, encoding);
  const auto& original = route_->original();
  if (forwarded && !original.endpoints().empty())
    arguments_.try_encode(encode, encoding_for(original, 0));
  arguments_.try_encode(encode, ours);
  const ior::TransmissionCodeSets unspoken;  // a server that names none
  arguments_.try_encode(encode, {cdr::kNativeOrder, kGiop1_0, unspoken.chars, unspoken.wchars});
}

template <class Work>
void AsyncCall::guard(Work work) {
  std::exception_ptr failure;
  try {
    return work();
  } catch (...) {
    failure = std::current_exception();
  }
  // No longer caught here: whoever gets it is its only owner.
  fail(std::move(failure));
}

void AsyncCall::go(Invoker& invoker) {
  if (done_.load()) return;  // cancelled while it waited
  if (deadline_.has_passed()) raise_too_late(operation_);
  target_ = route_->current();
  if (route_->local(invoker.environment().bind_local) != nullptr) return send_local(invoker);
  auto& environment = invoker.environment();
  if (!route_->is_connecting()) {
    auto way = find_existing_way(environment, target_, *route_, Use::async);
    if (way.connection) return send(invoker, std::move(way));
  }
  if (!route_->enqueue(shared_from_this())) return;
  const auto orb = orb_.lock();
  if (!orb ||
      !environment.workers.run_or_queue([orb, route = route_] { drain(orb->invoker(), route); })) {
    // Nobody will connect any more: everything in line ends.
    while (auto call = route_->dequeue()) {
      call->fail(std::make_exception_ptr(BadInvOrder("the Orb is shut down", Completion::no)));
    }
  }
}

void AsyncCall::drain(Invoker& invoker, const std::shared_ptr<Route>& route) {
  while (auto call = route->dequeue()) {
    call->guard([&] { call->connect_and_send(invoker); });
  }
}

void AsyncCall::connect_and_send(Invoker& invoker) {
  target_ = route_->current();
  try {
    send(invoker, find_way(invoker.environment(), target_, *route_, Use::async, deadline_));
  } catch (const SystemException& failure) {
    if (!try_again(invoker, failure)) throw;
  }
}

connection::Introduction AsyncCall::write_request(cdr::Encoder& message,
                                                  connection::OutgoingCalls* connection,
                                                  GiopVersion version,
                                                  const giop::Addressee& addressee,
                                                  std::uint32_t id, const cdr::Encoder& arguments) {
  const auto introduction =
      write_request_start(message, connection, version, id, giop::ResponseKind::target, addressee,
                          operation_.name, options_, deadline_, arguments.size() != 0);
  giop::write_body(message, [&](cdr::Encoder& body) { body.append(arguments); });
  giop::finish_message(message);
  return introduction;
}

void AsyncCall::send(Invoker& invoker, Way way) {
  auto& connection = *way.connection;
  const auto* arguments = arguments_.find(way.version, connection.code_sets);
  // The route stays as it is, so that the next call encodes them for this server.
  if (arguments == nullptr) return fail(must_be_called_again(operation_, *way.endpoint));
  if (!invoker.environment().reactor.is_current() && !connection.wait_for_room(deadline_)) {
    throw Timeout("too many asynchronous calls are waiting for " + way.endpoint->to_string(),
                  Completion::no);
  }
  endpoint_ = *way.endpoint;
  code_sets_ = connection.code_sets;
  const auto id = connection.next_request_id();
  cdr::EncoderLease message;
  message->allow_references(true);
  const auto introduction =
      write_request(*message, &connection, way.version, way.addressee, id, *arguments);
  const auto* origin = connection.reference_origin();
  reference_origin_ = origin != nullptr ? *origin : nullptr;
  {
    MutexLock lock(mutex_);
    connection_ = way.connection.share();
    request_id_ = id;
  }
  connection.start(*message, id, deadline_, shared_from_this());
  connection.introduced(introduction);
}

void AsyncCall::send_local(Invoker& invoker) {
  auto& environment = invoker.environment();
  code_sets_ = {cdr::CodeSet::utf8, cdr::CodeSet::utf16};
  const auto* arguments = arguments_.find(giop::kHighestVersion, code_sets_);
  if (arguments == nullptr) {
    return fail(must_be_called_again(operation_, {target_.host(), target_.port()}));
  }
  auto request = std::make_shared<connection::IncomingMessage>();
  {
    cdr::EncoderLease message;
    write_request(*message, nullptr, giop::kHighestVersion, {target_.object_key()}, 0, *arguments);
    *request = as_received(*message);
  }
  auto channel = std::make_shared<LocalListener>(shared_from_this());
  {
    MutexLock lock(mutex_);
    local_ = channel;
  }
  if (!invoker.unfinished_calls().add(shared_from_this())) {
    throw BadInvOrder("the Orb is shut down", Completion::no);
  }
  if (!deadline_.is_never()) {
    environment.reactor.call_at(deadline_.at(), [self = weak_from_this()] {
      if (auto call = self.lock())
        call->on_outcome({CallStatus::timed_out, {}, "no answer in time"});
    });
  }
  const auto orb = orb_.lock();
  if (!orb) throw BadInvOrder("the Orb is gone", Completion::no);
  const auto hand_over = [orb, channel, request](bool own_thread) {
    return orb->invoker().environment().local_requests.handle_request(channel, *request, own_thread,
                                                                      false);
  };
  auto verdict = hand_over(false);
  if (verdict == Verdict::needs_own_thread) {
    verdict = environment.upcall_threads.run([hand_over] { hand_over(true); }) ? Verdict::taken
                                                                               : Verdict::hold_back;
  }
  if (verdict == Verdict::hold_back)
    throw Transient("the object has no room for another call", Completion::no);
}

void AsyncCall::cancel() {
  std::shared_ptr<connection::OutgoingCalls> connection;
  std::shared_ptr<LocalChannel> local;
  std::uint32_t id = 0;
  {
    MutexLock lock(mutex_);
    connection = connection_;
    local = local_;
    id = request_id_;
  }
  if (local) local->cancel();
  if (connection) connection->cancel(id);
  fail(std::make_exception_ptr(NoResponse(
      "call " + std::string(operation_.name) + " was cancelled by the caller", Completion::maybe)));
}

std::shared_ptr<LocalChannel> AsyncCall::take_local() {
  MutexLock lock(mutex_);
  return std::move(local_);
}

void AsyncCall::end_with_orb() {
  if (done_.load()) return;
  if (const auto local = take_local()) local->cancel();
  const auto target = route_->current();
  guard([&] {
    raise_not_answered({CallStatus::lost, {}, "the Orb is shut down"}, target,
                       {target.host(), target.port()}, operation_);
  });
}

void AsyncCall::on_outcome(CallOutcome outcome) {
  std::shared_ptr<connection::OutgoingCalls> connection;
  {
    MutexLock lock(mutex_);
    connection = std::move(connection_);
    if (local_ && outcome.status == CallStatus::timed_out) local_->cancel();
    local_.reset();
  }
  if (done_.load()) return;
  const auto orb = orb_.lock();
  guard([&] {
    if (!orb) throw BadInvOrder("the Orb is gone", Completion::maybe);
    try {
      if (outcome.status == CallStatus::replied) {
        return take_reply(orb->invoker(), outcome.reply, connection.get());
      }
      raise_not_answered(outcome, target_, endpoint_, operation_);
    } catch (const SystemException& failure) {
      if (!try_again(orb->invoker(), failure)) throw;
    }
  });
}

void AsyncCall::take_reply(Invoker& invoker, connection::IncomingMessage& reply,
                           connection::OutgoingCalls* connection) {
  const auto& limits = invoker.environment().limits;
  auto decoder = reply.decoder(code_sets_, {limits.materialized_octets, limits.objects,
                                            limits.value_depth, limits.type_code_depth});
  decoder.set_orb(&orb_);
  decoder.set_value_factories(&invoker.environment().value_factories);
  decoder.set_known_values(operation_.values);
  decoder.set_reference_origin(&reference_origin_);
  giop::ReplyHeader header;
  if (!giop::decode_reply_header(decoder, header)) {
    if (connection != nullptr) connection->reject_reply(decoder.failure());
    throw Marshal("the reply's header: " + std::string(decoder.failure()), Completion::maybe);
  }
  switch (header.status) {
    case giop::ReplyStatus::no_exception:
      route_->settle();
      return succeed(decoder);
    case giop::ReplyStatus::user_exception:
      raise_user_exception(decoder, operation_);
    case giop::ReplyStatus::system_exception:
      raise_peers_exception(decoder, header, target_, operation_);
    case giop::ReplyStatus::location_forward:
    case giop::ReplyStatus::location_forward_perm: {
      auto target = decode<ObjectRef>(decoder);
      decoder.throw_if_failed("reading where the call is forwarded",
                              static_cast<std::uint32_t>(Completion::no));
      detours_.forward(*route_, std::move(target),
                       header.status == giop::ReplyStatus::location_forward_perm,
                       limits.location_forwards);
      return go(invoker);
    }
    case giop::ReplyStatus::needs_addressing_mode:
      change_addressing(decoder, *route_, addressings_);
      return go(invoker);
  }
}

bool AsyncCall::try_again(Invoker& invoker, const SystemException& failure) {
  const auto& limits = invoker.environment().limits;
  if (detours_.are_over(limits.location_forwards)) return false;
  if (detours_.fall_back(*route_, failure, limits.location_forwards)) {
    go(invoker);
    return true;
  }
  const bool repeatable = may_retry(failure) || (failure.name() == CommFailure::kName &&
                                                 options_.idempotent.value_or(false));
  const auto now = SteadyClock::now();
  if (retries_ == 0) retry_until_ = now + limits.retry_window;
  if (!repeatable || ++retries_ > limits.retries) return false;
  const auto resume = now + kBackoff * (1 << (2 * (retries_ - 1)));
  if (resume > retry_until_ || resume >= deadline_.at()) return false;
  if (!invoker.unfinished_calls().add(shared_from_this())) return false;
  return invoker.environment().reactor.call_at(resume, [self = shared_from_this()] {
    const auto orb = self->orb_.lock();
    self->guard([&] {
      if (!orb) throw BadInvOrder("the Orb is gone", Completion::no);
      self->go(orb->invoker());
    });
  }) != 0;
}

void AsyncCall::succeed(cdr::Decoder& decoder) {
  if (done_.exchange(true)) return;
  std::exception_ptr failure;
  try {
    return receiver_->on_results(decoder);
  } catch (...) {
    failure = std::current_exception();
  }
  receiver_->on_exception(std::move(failure));
}

void AsyncCall::fail(std::exception_ptr exception) {
  if (done_.exchange(true)) return;
  const auto local = take_local();  // it holds us, and may never be answered
  receiver_->on_exception(std::move(exception));
}

}  // namespace corbel::invocation
