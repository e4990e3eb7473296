#include "tests/integration/failures/counter_servant.hpp"

#include <signal.h>
#include <unistd.h>

namespace corbel::test {

std::int32_t CounterServant::add(std::int32_t by) {
  ++executions_;
  return sum_ += by;
}

failures::Octets CounterServant::echo(std::span<const std::uint8_t> value) {
  ++executions_;
  return {value.begin(), value.end()};
}

std::string CounterServant::join(const failures::Texts& words, const Any&) {
  ++executions_;
  if (words.empty()) throw failures::Refused("nothing to join");
  std::string joined;
  for (const auto& word : words) joined += word;
  return joined;
}

void CounterServant::die() {
  ++executions_;
  ::kill(::getpid(), SIGKILL);
}

void CounterServant::async_never_answer(Responder<void> responder) {
  ++executions_;
  const std::lock_guard lock(mutex_);
  unanswered_.push_back(std::move(responder));
}

void CounterServant::note(std::int32_t by) {
  ++executions_;
  sum_ += by;
}

}  // namespace corbel::test
