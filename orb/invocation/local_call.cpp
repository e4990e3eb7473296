#include <orb/invocation/local_call.hpp>

#include <orb/base/upcall_thread.hpp>

#include <thread>
#include <utility>

namespace corbel::invocation {

namespace {
// As a connection holds back what finds no room.
constexpr std::chrono::milliseconds kHoldRetry{10};
constexpr std::chrono::seconds kHoldAtMost{5};
}  // namespace

using connection::CallOutcome;
using connection::CallStatus;
using connection::Verdict;

connection::IncomingMessage as_received(const cdr::Encoder& message) {
  connection::IncomingMessage received;
  received.assembled = std::make_unique<giop::WholeMessage>();
  received.assembled->octets.grow(message.size());
  std::vector<std::span<const std::byte>> pieces;
  message.segments(pieces);
  for (const auto piece : pieces) received.assembled->octets.append(piece);
  const std::span<const std::byte> octets(received.assembled->octets);
  const auto header = giop::parse_header(octets.first<giop::kHeaderSize>(), octets.size());
  received.assembled->header = received.header = header.value();
  received.octets = octets;
  return received;
}

void LocalChannel::answer(CallOutcome outcome) {
  if (!answered_.exchange(true)) on_reply(std::move(outcome));
}

void LocalChannel::send_reply(const cdr::Encoder& message, std::uint32_t) {
  if (!answered_.load()) answer({CallStatus::replied, as_received(message), {}});
}

void LocalChannel::request_done(std::uint32_t) noexcept {
  if (!answered_.load()) answer({CallStatus::replied, {}, {}});
}

const std::string& LocalChannel::peer() const noexcept {
  static const std::string name = "collocated";
  return name;
}

CallOutcome LocalCaller::call(connection::RequestHandler& handler, const cdr::Encoder& message,
                              bool response_expected, Deadline deadline) {
  auto request = as_received(message);
  // Only a one-way request is held back: its sender waits as a connection would.
  const auto last_try = earlier(deadline, Deadline::after(kHoldAtMost));
  while (handler.handle_request(shared_from_this(), request, true, last_try.has_passed()) !=
         Verdict::taken) {
    const WaitNotice notice;
    std::this_thread::sleep_for(kHoldRetry);
  }
  if (!response_expected) return {CallStatus::replied, {}, {}};
  MutexLock lock(mutex_);
  while (!done_) {
    if (!answered_.wait_until(lock, deadline.at()) && !done_ && deadline.has_passed()) {
      cancel();
      return {CallStatus::timed_out, {}, "no answer in time"};
    }
  }
  return std::move(outcome_);
}

void LocalCaller::on_reply(CallOutcome outcome) {
  MutexLock lock(mutex_);
  outcome_ = std::move(outcome);
  done_ = true;
  answered_.notify_all();
}

}  // namespace corbel::invocation
