#pragma once

#include <calls.idl.hpp>
#include <corbel/responder.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace corbel::test {

/// Does what calls.idl says, whichever threads call it.
class TargetServant final : public calls::Target::Servant {
 public:
  ~TargetServant() override;

  std::int32_t add(std::int32_t a, std::int32_t b) override { return a + b; }
  bool flip(bool value) override { return !value; }
  char next_char(char value) override { return static_cast<char>(value + 1); }
  std::int64_t big(std::int64_t value) override { return value; }
  std::string join(const calls::Texts& words) override;
  calls::Octets reverse(std::span<const std::uint8_t> octets) override;
  Any wrap(const Any& value) override { return value; }
  calls::Record mix(const calls::Record& record, std::string& text, calls::Longs& numbers,
                    calls::Point& point) override;

  void refuse(std::string_view why) override { throw calls::Refused(std::string(why), 7); }
  void refuse_undeclared() override { throw calls::Refused("nobody declared me", 1); }
  void fail(std::uint32_t completed) override;
  void throw_standard() override;
  void throw_number() override;

  std::int32_t count() override { return count_; }
  std::string label() override;
  void label(std::string_view value) override;

  void note(std::int32_t number) override;
  calls::Longs noted() override;

  calls::Target self() override;
  calls::Target nobody() override { return nullptr; }
  calls::Target give_back(const calls::Target& other) override { return other; }
  std::int32_t visit(const calls::Hook& visitor, std::int32_t times) override;
  std::int32_t nest(std::int32_t depth) override;
  void join_ring(const calls::Target& next) override;

  void async_answer_later(std::string_view text, Responder<std::string> responder) override;
  void async_answer_never(Responder<void> responder) override;
  void async_throw_at_once(Responder<void> responder) override;
  void async_refuse_later(Responder<void> responder) override;

  /// What self() returns.
  void know_yourself(const calls::Target& self);

 private:
  template <class Work>
  void later(Work work);

  std::atomic<std::int32_t> count_{0};
  std::mutex mutex_;
  std::string label_;
  calls::Longs noted_;
  calls::Target self_;
  calls::Target next_;
  std::vector<std::thread> answering_;
};

}  // namespace corbel::test
