#pragma once

#include <corbel/orb.hpp>

#include <failures.idl.hpp>

#include <atomic>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace corbel::test {

/// Counts its executions where the test can see them, also after the process is gone.
class CounterServant final : public failures::Counter::Servant {
 public:
  explicit CounterServant(std::atomic<int>& executions) : executions_(executions) {}

  std::int32_t add(std::int32_t by) override;
  failures::Octets echo(std::span<const std::uint8_t> value) override;
  std::string join(const failures::Texts& words, const Any& extra) override;
  void die() override;
  void async_never_answer(Responder<void> responder) override;
  void note(std::int32_t by) override;

 private:
  std::atomic<int>& executions_;
  std::atomic<int> sum_{0};
  std::mutex mutex_;
  std::vector<Responder<void>> unanswered_;
};

/// Name and completion status of the system exception that `call` throws; "" when it throws none.
template <class Call>
std::string failure_of(const Call& call) {
  try {
    call();
  } catch (const SystemException& failure) {
    return std::string(failure.name()) + " " + std::string(to_string(failure.completed()));
  }
  return "";
}

}  // namespace corbel::test
