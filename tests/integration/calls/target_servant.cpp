#include "tests/integration/calls/target_servant.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace corbel::test {

TargetServant::~TargetServant() {
  for (auto& thread : answering_) thread.join();
}

std::string TargetServant::join(const calls::Texts& words) {
  std::string joined;
  for (const auto& word : words) joined += word;
  return joined;
}

calls::Octets TargetServant::reverse(std::span<const std::uint8_t> octets) {
  return {octets.rbegin(), octets.rend()};
}

calls::Record TargetServant::mix(const calls::Record& record, std::string& text,
                                 calls::Longs& numbers, calls::Point& point) {
  auto result = record;
  result.name += text;
  text = "was " + text;
  numbers.push_back(
      static_cast<std::int32_t>(record.path.size()));  // an out parameter starts empty
  std::swap(point.x, point.y);
  ++count_;
  return result;
}

void TargetServant::fail(std::uint32_t completed) {
  throw NoResources("the shelf is empty", static_cast<Completion>(completed), 0x1234);
}

void TargetServant::throw_standard() { throw std::runtime_error("out of paper"); }
void TargetServant::throw_number() { throw 7; }

std::string TargetServant::label() {
  const std::lock_guard lock(mutex_);
  return label_;
}

void TargetServant::label(std::string_view value) {
  const std::lock_guard lock(mutex_);
  label_ = value;
}

void TargetServant::note(std::int32_t number) {
  const std::lock_guard lock(mutex_);
  noted_.push_back(number);
}

calls::Longs TargetServant::noted() {
  const std::lock_guard lock(mutex_);
  return noted_;
}

void TargetServant::know_yourself(const calls::Target& self) {
  const std::lock_guard lock(mutex_);
  self_ = self;
}

calls::Target TargetServant::self() {
  const std::lock_guard lock(mutex_);
  return self_;
}

std::int32_t TargetServant::visit(const calls::Hook& visitor, std::int32_t times) {
  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < times; ++i) sum += visitor.run(i);
  return sum;
}

void TargetServant::join_ring(const calls::Target& next) {
  const std::lock_guard lock(mutex_);
  next_ = next;
}

std::int32_t TargetServant::nest(std::int32_t depth) {
  if (depth == 0) return 0;
  calls::Target next;
  {
    const std::lock_guard lock(mutex_);
    next = next_;
  }
  return 1 + next.nest(depth - 1);
}

template <class Work>
void TargetServant::later(Work work) {
  const std::lock_guard lock(mutex_);
  answering_.emplace_back(std::move(work));
}

void TargetServant::async_answer_later(std::string_view text, Responder<std::string> responder) {
  later([text = std::string(text), responder = std::move(responder)]() mutable {
    responder.complete("later: " + text);
  });
}

void TargetServant::async_answer_never(Responder<void>) {}

void TargetServant::async_throw_at_once(Responder<void>) { throw calls::Refused("at once", 2); }

void TargetServant::async_refuse_later(Responder<void> responder) {
  later([responder = std::move(responder)]() mutable {
    responder.raise(calls::Refused("later", 3));
  });
}

}  // namespace corbel::test
