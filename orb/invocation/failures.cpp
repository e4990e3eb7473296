#include <orb/invocation/failures.hpp>

#include <orb/base/upcall_thread.hpp>

namespace corbel::invocation {

using connection::CallStatus;

namespace {
std::string wait_hint() {
  const char* hint = UpcallThread::current().wait_hint;
  return hint != nullptr ? std::string("; ") + hint : std::string();
}
}  // namespace

std::string describe(const ObjectRef& target, const Endpoint& endpoint) {
  std::string text = endpoint.to_string();
  if (!target.adapter_name().empty()) {
    text += " (" + target.adapter_name() + "/" + target.object_id().to_string() + ")";
  } else if (!target.object_key().empty()) {
    text += " (key " + ObjectId(std::string(target.object_key().substr(0, 64))).to_string() + ")";
  }
  return text;
}

void raise_connect_failed(const ObjectRef& target, const std::string& tried, bool timed_out) {
  std::string object;
  if (!target.adapter_name().empty()) {
    object = " (" + target.adapter_name() + "/" + target.object_id().to_string() + ")";
  }
  throw ConnectFailed(
      "connect to " + tried + object + "; not executed, safe to retry; " +
      (timed_out ? "is the host up and the address right?" : "is the server running?"));
}

void raise_not_answered(const connection::CallOutcome& outcome, const ObjectRef& target,
                        const Endpoint& endpoint, const stub::Operation& operation) {
  const std::string call = "call " + std::string(operation.name) + " at " +
                           describe(target, endpoint) + ": " + outcome.reason;
  switch (outcome.status) {
    case CallStatus::not_sent:
    case CallStatus::not_processed:
      throw CommFailure(call + "; not executed, safe to retry", Completion::no);
    case CallStatus::timed_out_unsent:
      throw Timeout(call + "; not executed, safe to retry", Completion::no);
    case CallStatus::timed_out:
      throw Timeout(
          call +
              "; it may have been executed; raise the deadline or look what the server is doing" +
              wait_hint(),
          Completion::maybe);
    case CallStatus::cancelled:
      throw NoResponse(call, Completion::maybe);
    case CallStatus::lost:
    case CallStatus::replied:
      break;
  }
  throw CommFailure(call + "; it may have been executed, so it is not repeated", Completion::maybe);
}

void raise_too_late(const stub::Operation& operation) {
  throw Timeout("call " + std::string(operation.name) + ": the deadline passed before it was sent",
                Completion::no);
}

std::exception_ptr must_be_called_again(const stub::Operation& operation,
                                        const Endpoint& endpoint) {
  return std::make_exception_ptr(
      Transient("call " + std::string(operation.name) +
                    ": not executed; call again: the arguments have to be encoded anew for " +
                    endpoint.to_string() + ", where the call was forwarded to",
                Completion::no));
}

void raise_peers_exception(cdr::Decoder& decoder, const giop::ReplyHeader& header,
                           const ObjectRef& target, const stub::Operation& operation) {
  const Endpoint endpoint{target.host(), target.port()};
  giop::raise_system_exception_reply(decoder, header,
                                     "call " + std::string(operation.name) + " at " +
                                         describe(target, endpoint) +
                                         ": so the peer answered, without a reason");
}

void raise_user_exception(cdr::Decoder& decoder, const stub::Operation& operation) {
  const auto id = decoder.read_string();
  decoder.throw_if_failed("reading a user exception",
                          static_cast<std::uint32_t>(Completion::maybe));
  if (const auto* type = operation.find_exception(id)) type->raise(*type, decoder);
  throw Unknown(
      "the servant raised " + id + ", which " + std::string(operation.name) + " does not declare",
      Completion::maybe);
}

bool may_retry(const SystemException& failure) noexcept {
  if (failure.completed() != Completion::no) return false;
  if (dynamic_cast<const ConnectFailed*>(&failure) != nullptr) return false;
  return failure.name() == Transient::kName || failure.name() == CommFailure::kName;
}

}  // namespace corbel::invocation
