#include <corbel/stub/skeleton.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/adapter/incoming_request.hpp>
#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/cdr/encoder_lease.hpp>
#include <orb/giop/reply.hpp>

#include <utility>

/// The one answer of a request.
namespace corbel::adapter {

// What the locator has to do after the call may still change its outcome, so the answer waits for
// it.
void IncomingRequest::end_lease() {
  try {
    lease_.end();
  } catch (...) {
    const bool changes_answer = !held_answer_.empty();
    held_answer_.clear();
    if (changes_answer || take_answer()) {
      send_exception(nullptr, std::current_exception());
    } else {
      log::warn("adapter", adapter_->name(), ": what a servant locator does after ",
                header_.operation, " failed, but the call is answered");
    }
  }
  if (held_answer_.empty()) return;
  cdr::Encoder message;
  message.write_octets(held_answer_);
  channel_->send_reply(message, header_.request_id);
  held_answer_.clear();
}

// An answer that the upcall itself gives, while the servant is on lease.
CORBEL_HOT bool IncomingRequest::holds_answer() const noexcept {
  return UpcallThread::current().context == this && servant_ != nullptr && lease_.has_end();
}

CORBEL_HOT void IncomingRequest::send(const cdr::Encoder& message) {
  if (holds_answer()) {
    held_answer_ = message.copy();
  } else {
    channel_->send_reply(message, header_.request_id);
  }
}

// SyncScope "server": the caller waits until the request is here, not for what comes of it.
void IncomingRequest::confirm_reception() {
  cdr::EncoderLease message;
  giop::begin_message(*message, giop::MessageType::reply, message_.header.version);
  giop::write_reply_header(*message, header_.request_id, giop::ReplyStatus::no_exception);
  giop::finish_message(*message);
  channel_->send_reply(*message, header_.request_id);
}

CORBEL_HOT cdr::Encoding IncomingRequest::reply_encoding() const noexcept {
  const auto sets = channel_->code_sets();
  return {cdr::kNativeOrder, message_.header.version, sets.chars, sets.wchars};
}

CORBEL_HOT void IncomingRequest::reply(FunctionRef<void(cdr::Encoder&)> encode) {
  if (!take_answer() || !response_expected()) return;
  if (locate_) return send_located(giop::LocateStatus::object_here);
  cdr::EncoderLease message;
  try {
    message->allow_references(!holds_answer());
    message->set_encoding(reply_encoding());
    giop::begin_message(*message, giop::MessageType::reply, message_.header.version);
    giop::write_reply_header(*message, header_.request_id, giop::ReplyStatus::no_exception);
    giop::write_body(*message, encode);
    giop::finish_message(*message);
  } catch (const SystemException& exception) {
    // The result itself cannot be sent (a bound, a character).
    return send_system_exception(exception);
  }
  send(*message);
}

void IncomingRequest::fail(const stub::Operation& operation, std::exception_ptr exception) {
  if (!take_answer()) return;
  if (!exception) {
    exception = std::make_exception_ptr(
        Unknown("the servant failed " + std::string(header_.operation) + " with no exception",
                Completion::maybe));
  }
  send_exception(&operation, std::move(exception));
}

void IncomingRequest::drop() noexcept {
  if (!take_answer()) return;
  send_exception(nullptr,
                 std::make_exception_ptr(NoResponse(
                     "the servant dropped " + std::string(header_.operation) + " without an answer",
                     Completion::maybe)));
}

void IncomingRequest::refuse(const SystemException& exception) {
  if (take_answer()) send_system_exception(exception);
}

void IncomingRequest::send_exception(const stub::Operation* operation,
                                     std::exception_ptr exception) noexcept {
  try {
    try {
      std::rethrow_exception(exception);
    } catch (const UserException& user) {
      const auto id = repository_id(user);
      if (operation != nullptr && operation->find_exception(id) != nullptr)
        return send_user_exception(user);
      send_system_exception(Unknown("the servant raised " + std::string(id) + ", which " +
                                        std::string(header_.operation) + " does not declare",
                                    Completion::maybe));
    } catch (const SystemException& system) {
      send_system_exception(system);
    } catch (const ForwardRequest& forward) {
      send_forward(forward);
    } catch (const std::exception& other) {
      log::warn("adapter", adapter_->name(), ": ", header_.operation, " threw ", other.what(),
                "; the caller gets UNKNOWN");
      send_system_exception(
          Unknown(std::string("the servant threw: ") + other.what(), Completion::maybe));
    } catch (...) {
      send_system_exception(
          Unknown("the servant threw something that is no std::exception", Completion::maybe));
    }
  } catch (const std::exception& error) {
    log::error("adapter", adapter_->name(), ": no reply to ", header_.operation, ": ",
               error.what());
  }
}

void IncomingRequest::send_user_exception(const UserException& exception) {
  if (!response_expected()) return;
  cdr::EncoderLease message;
  try {
    const auto& type = exception_type(exception);
    message->set_encoding(reply_encoding());
    giop::begin_message(*message, giop::MessageType::reply, message_.header.version);
    giop::write_reply_header(*message, header_.request_id, giop::ReplyStatus::user_exception);
    giop::write_body(*message, [&](cdr::Encoder& encoder) {
      encoder.write_string(type.repository_id);
      type.encode(encoder, exception);
    });
    giop::finish_message(*message);
  } catch (const SystemException& failure) {
    return send_system_exception(failure);
  }
  send(*message);
}

void IncomingRequest::send_forward(const ForwardRequest& forward) {
  const auto version = message_.header.version;
  cdr::EncoderLease message;
  if (locate_) {
    giop::write_locate_forward(*message, version, header_.request_id, forward.target(),
                               forward.is_permanent());
  } else if (response_expected()) {
    giop::write_forward_reply(*message, version, header_.request_id, forward.target(),
                              forward.is_permanent());
  } else {
    log::info("adapter", adapter_->name(), ": one-way ", header_.operation,
              " is lost: its object is elsewhere, and one-way requests cannot be forwarded");
    return;
  }
  send(*message);
}

void IncomingRequest::send_located(giop::LocateStatus status) {
  cdr::EncoderLease message;
  giop::write_locate_reply(*message, message_.header.version, header_.request_id, status);
  send(*message);
}

void IncomingRequest::send_system_exception(const SystemException& exception) {
  if (locate_) {
    // Any other failure may pass; the request itself will be answered with it.
    return send_located(exception.name() == ObjectNotExist::kName
                            ? giop::LocateStatus::unknown_object
                            : giop::LocateStatus::object_here);
  }
  if (!response_expected()) {
    log::info("adapter", adapter_->name(), ": one-way ", header_.operation, ": ", exception.what());
    return;
  }
  cdr::EncoderLease message;
  message->set_encoding(reply_encoding());
  giop::write_system_exception_reply(*message, message_.header.version, header_.request_id,
                                     exception);
  send(*message);
}

}  // namespace corbel::adapter
