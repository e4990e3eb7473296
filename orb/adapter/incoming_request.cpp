#include <orb/adapter/incoming_request.hpp>

#include <corbel/stub/skeleton.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/base/ids.hpp>
#include <orb/base/log.hpp>
#include <orb/cdr/encoder_lease.hpp>
#include <orb/giop/reply.hpp>

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace corbel {

namespace stub {

void Upcall::end_arguments() {
  arguments_.throw_if_failed("reading the arguments of " + std::string(operation()),
                             static_cast<std::uint32_t>(Completion::no));
  if (arguments_.remaining() != 0) {
    arguments_.discard_values();
    throw Marshal(std::to_string(arguments_.remaining()) +
                      " octets left over after the arguments of " + std::string(operation()) +
                      "; do both sides use the same IDL?",
                  Completion::no);
  }
  arguments_.release_values();
}

NotOverridden::NotOverridden(const Operation& operation)
    : NoImplement(std::string(operation.scoped_name) + " is not implemented by this servant",
                  Completion::no) {}

}  // namespace stub

namespace adapter {

namespace {
constexpr std::size_t kKeptRequests = 16;

// A request may be dropped while its thread's other thread-local objects are already gone.
thread_local bool store_is_gone = false;
struct Store {
  std::vector<std::unique_ptr<IncomingRequest>> requests;
  ~Store() { store_is_gone = true; }
};
thread_local Store store;

CallChain next_chain() {
  // Unique within the network: a random process part, then a count.
  static const auto process = random_id();
  static std::atomic<std::uint64_t> last{0};
  auto chain = process;
  const auto count = last.fetch_add(1, std::memory_order_relaxed);
  std::memcpy(chain.data(), &count, sizeof count);
  return chain;
}
}  // namespace

void intrusive_ptr_add_ref(IncomingRequest* request) noexcept { request->add_reference(); }
void intrusive_ptr_release(IncomingRequest* request) noexcept { request->release(); }

RequestPointer IncomingRequest::make(std::shared_ptr<connection::ReplyChannel> channel,
                                     connection::IncomingMessage message,
                                     const giop::RequestHeader& header,
                                     const cdr::Decoder& arguments,
                                     std::shared_ptr<detail::AdapterCore> adapter,
                                     std::shared_ptr<ActiveObject> object) {
  IncomingRequest* request = nullptr;
  if (!store_is_gone && !store.requests.empty()) {
    request = store.requests.back().release();
    store.requests.pop_back();
  } else {
    request = new IncomingRequest();
  }
  request->reset(arguments);
  request->channel_ = std::move(channel);
  request->message_ = std::move(message);
  request->header_ = header;
  request->adapter_ = std::move(adapter);
  request->object_ = std::move(object);
  request->answered_.store(false, std::memory_order_relaxed);
  request->surrendered_ = false;
  request->chain_.reset();
  request->deadline_.reset();
  if (!header.service_contexts.empty()) request->read_contexts();
  request->in_work_ = true;
  request->adapter_->open_request();
  request->adapter_->enter();
  return RequestPointer(request, false);
}

void IncomingRequest::end_work() noexcept {
  if (std::exchange(in_work_, false)) adapter_->leave();
}

void IncomingRequest::recycle() noexcept {
  end_work();
  auto adapter = std::move(adapter_);
  auto channel = std::move(channel_);
  const auto id = header_.request_id;
  object_.reset();
  arguments() = cdr::Decoder({});  // with the values of arguments that were wrong
  message_ = {};
  if (!surrendered_) channel->request_done(id);
  adapter->close_request();
  if (store_is_gone || store.requests.size() >= kKeptRequests) {
    delete this;
  } else {
    store.requests.emplace_back(this);
  }
}

connection::IncomingMessage IncomingRequest::surrender() {
  surrendered_ = true;
  answered_.store(true);
  end_work();
  return std::move(message_);
}

std::string_view IncomingRequest::adapter() const noexcept { return adapter_->name(); }

void IncomingRequest::read_contexts() {
  if (const auto data = header_.service_contexts.find(giop::kCorbelDeadline)) {
    if (const auto remaining = giop::decode_deadline(*data))
      deadline_ = Deadline::after(*remaining).at();
  }
  if (const auto data = header_.service_contexts.find(giop::kCorbelCallChain)) {
    chain_ = giop::decode_call_chain(*data);
  }
}

void IncomingRequest::run() {
  run_upcall();
  // The Responder may live on in a thread of the servant's, which must not be the one that destroys
  // the servant.
  object_.reset();
  end_work();
}

void IncomingRequest::run_upcall() {
  // Nested calls carry the chain on; where the policy has to recognise them, one begins here.
  if (!chain_ && adapter_->dispatcher().needs_call_chains() &&
      UpcallThread::current().chain == nullptr) {
    chain_ = next_chain();
  }
  const UpcallScope scope(this, chain());
  if (header_.response == giop::ResponseKind::server) confirm_reception();
  try {
    if (run_builtin()) return;
    if (!object_->servant->corbel_dispatch(header_.operation, *this)) {
      throw BadOperation("no operation " + std::string(header_.operation) + " in " +
                             std::string(object_->servant->corbel_interface().repository_id) +
                             "; do both sides use the same IDL?",
                         Completion::no);
    }
  } catch (...) {
    if (take_answer()) send_exception(declared(), std::current_exception());
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

// The operations that every object has (CORBA 3.3, 8.3).
bool IncomingRequest::run_builtin() {
  const auto name = header_.operation;
  if (name.empty() || name.front() != '_') return false;
  if (name == "_is_a") {
    const auto id = arguments().read_string();
    end_arguments();
    const bool supported =
        id == Type<Object>::kRepositoryId || object_->servant->corbel_interface().is_a(id);
    reply([&](cdr::Encoder& encoder) { encoder.write(supported); });
  } else if (name == "_non_existent" || name == "_not_existent") {
    end_arguments();
    reply([](cdr::Encoder& encoder) { encoder.write(false); });
  } else if (name == "_repository_id") {
    end_arguments();
    reply([&](cdr::Encoder& encoder) {
      encoder.write_string(object_->servant->corbel_interface().repository_id);
    });
  } else if (name == "_component") {
    end_arguments();
    reply([](cdr::Encoder& encoder) { Type<ObjectRef>::encode(encoder, ObjectRef()); });
  } else if (name == "_interface") {
    throw IntfRepos("this server has no interface repository", Completion::no);
  } else {
    return false;
  }
  return true;
}

cdr::Encoding IncomingRequest::reply_encoding() const noexcept {
  const auto sets = channel_->code_sets();
  return {cdr::kNativeOrder, message_.header.version, sets.chars, sets.wchars};
}

void IncomingRequest::reply(FunctionRef<void(cdr::Encoder&)> encode) {
  if (!take_answer() || !response_expected()) return;
  cdr::EncoderLease message;
  try {
    message->allow_references(true);
    message->set_encoding(reply_encoding());
    giop::begin_message(*message, giop::MessageType::reply, message_.header.version);
    giop::write_reply_header(*message, header_.request_id, giop::ReplyStatus::no_exception);
    giop::write_body(*message, encode);
    giop::finish_message(*message);
  } catch (const SystemException& exception) {
    // The result itself cannot be sent (a bound, a character).
    return send_system_exception(exception);
  }
  channel_->send_reply(*message, header_.request_id);
}

void IncomingRequest::fail(const stub::Operation& operation, std::exception_ptr exception) {
  if (take_answer()) send_exception(&operation, std::move(exception));
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
  channel_->send_reply(*message, header_.request_id);
}

void IncomingRequest::send_system_exception(const SystemException& exception) {
  if (!response_expected()) {
    log::info("adapter", adapter_->name(), ": one-way ", header_.operation, ": ", exception.what());
    return;
  }
  cdr::EncoderLease message;
  message->set_encoding(reply_encoding());
  giop::write_system_exception_reply(*message, message_.header.version, header_.request_id,
                                     exception);
  channel_->send_reply(*message, header_.request_id);
}

}  // namespace adapter
}  // namespace corbel
