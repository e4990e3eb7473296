#include <orb/adapter/incoming_request.hpp>

#include <corbel/stub/skeleton.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/base/hot.hpp>
#include <orb/base/ids.hpp>

#include <chrono>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace corbel {

namespace stub {

CORBEL_HOT void Upcall::end_arguments() {
  if (arguments_.failed()) {
    arguments_.throw_if_failed("reading the arguments of " + std::string(operation()),
                               static_cast<std::uint32_t>(Completion::no));
  }
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

NoResources could_not_start(const std::exception& error) {
  return NoResources(std::string("the request could not be started: ") + error.what(),
                     Completion::no);
}

void intrusive_ptr_add_ref(IncomingRequest* request) noexcept { request->add_reference(); }
CORBEL_HOT void intrusive_ptr_release(IncomingRequest* request) noexcept { request->release(); }

CORBEL_HOT IncomingRequest* IncomingRequest::take_spare() {
  if (store_is_gone || store.requests.empty()) return new IncomingRequest();
  auto* const request = store.requests.back().release();
  store.requests.pop_back();
  return request;
}

CORBEL_HOT void IncomingRequest::accept(connection::IncomingMessage&& message,
                                        Destination&& destination) {
  message_ = std::move(message);
  adapter_ = std::move(destination.adapter);
  object_ = std::move(destination.object);
  if (!object_) id_ = std::move(destination.id);
  if (!header_.service_contexts.empty()) read_contexts();
  stage_ = Stage::in_work;
  adapter_->enter();
}

RequestPointer IncomingRequest::make_locate(
    const std::shared_ptr<connection::ReplyChannel>& channel, connection::IncomingMessage message,
    const giop::LocateRequestHeader& locate, Destination destination) {
  auto request = make(channel, []() noexcept { return cdr::Decoder({}); });
  auto& header = request->header();
  header.request_id = locate.request_id;
  header.object_key = locate.object_key;
  header.operation = "_non_existent";
  request->locate_ = true;
  request->accept(std::move(message), std::move(destination));
  return request;
}

CORBEL_HOT void IncomingRequest::recycle() noexcept {
  const auto adapter = std::move(adapter_);
  const auto channel = std::move(channel_);
  auto stage = std::exchange(stage_, Stage::reading);
  if (stage == Stage::in_work && object_) {
    // It never ran. We may be the last to let go of the servant, whose end may wait for the
    // adapter.
    adapter->leave_lingering();
    stage = Stage::lingering;
  }
  object_.reset();
  arguments().drop_values();  // of arguments that were wrong
  drop_lease();
  if (!id_.empty()) id_ = {};
  held_answer_.clear();
  message_.buffer.reset();
  message_.assembled.reset();
  answered_.store(false, std::memory_order_relaxed);
  chain_.reset();
  deadline_.reset();
  const bool located = std::exchange(locate_, false);
  if (stage != Stage::surrendered && !located) channel->request_done(header_.request_id);
  header_.clear();
  switch (stage) {
    case Stage::in_work:
      adapter->leave();
      break;
    case Stage::lingering:
      adapter->end_lingering();
      break;
    case Stage::reading:
    case Stage::surrendered:
      break;
  }
  if (store_is_gone || store.requests.size() >= kKeptRequests) {
    delete this;
  } else {
    store.requests.emplace_back(this);
  }
}

connection::IncomingMessage IncomingRequest::surrender() {
  answered_.store(true);
  stage_ = Stage::surrendered;
  adapter_->leave_undone();
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

CORBEL_HOT void IncomingRequest::run() {
  run_upcall();
  // The Responder may live on in a thread of the servant's, which must not be the one that destroys
  // the servant.
  object_.reset();
  drop_lease();
  if (is_sole_reference()) return;  // recycle() comes next, and ends all at once
  stage_ = Stage::lingering;
  adapter_->leave_lingering();
}

CORBEL_HOT void IncomingRequest::run_upcall() {
  // Nested calls carry the chain on; where the policy has to recognise them, one begins here.
  if (!chain_ && adapter_->dispatcher().needs_call_chains() &&
      UpcallThread::current().chain == nullptr) {
    chain_ = next_chain();
  }
  const UpcallScope scope(this, chain());
  if (header_.response == giop::ResponseKind::server) confirm_reception();
  try {
    find_servant();
    if (!run_builtin() && !servant_->corbel_dispatch(header_.operation, *this)) {
      throw BadOperation("no operation " + std::string(header_.operation) + " in " +
                             std::string(servant_->corbel_interface().repository_id) +
                             "; do both sides use the same IDL?",
                         Completion::no);
    }
  } catch (...) {
    if (take_answer()) send_exception(declared(), std::current_exception());
  }
  servant_ = nullptr;
  if (lease_.has_end()) end_lease();
}

CORBEL_HOT void IncomingRequest::find_servant() {
  if (!object_) {
    constexpr std::chrono::seconds kPatience{60};
    const auto until = deadline_ ? Deadline(*deadline_) : Deadline::after(kPatience);
    auto provided = adapter_->provide(id_, header_.operation, until);
    object_ = std::move(provided.object);
    lease_ = std::move(provided.lease);
  }
  servant_ = object_ ? object_->servant.get() : lease_.servant().get();
}

// The operations that every object has (CORBA 3.3, 8.3).
CORBEL_HOT bool IncomingRequest::run_builtin() {
  const auto name = header_.operation;
  if (name.empty() || name.front() != '_') return false;
  if (name == "_is_a") {
    const auto id = arguments().read_string();
    end_arguments();
    const bool supported =
        id == Type<Object>::kRepositoryId || servant_->corbel_interface().is_a(id);
    reply([&](cdr::Encoder& encoder) { encoder.write(supported); });
  } else if (name == "_non_existent" || name == "_not_existent") {
    end_arguments();
    reply([](cdr::Encoder& encoder) { encoder.write(false); });
  } else if (name == "_repository_id") {
    end_arguments();
    reply([&](cdr::Encoder& encoder) {
      encoder.write_string(servant_->corbel_interface().repository_id);
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

}  // namespace adapter
}  // namespace corbel
