#include "event-service/core/log.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace corbel::event_service {
namespace {

constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warn", "error"};

// The words of the broker's own log (docs/operations.md); a word nobody knows is "warn".
int lowest_shown() {
  const char* value = std::getenv("CORBEL_LOG");
  const std::string_view word = value != nullptr ? value : "warn";
  if (word == "trace" || word == "debug") return 0;
  if (word == "info") return 1;
  if (word == "error") return 3;
  if (word == "critical" || word == "off") return 4;
  return 2;
}

/// "2026-11-20T10:15:02.114 4711.4713": the time, process and thread.
std::string when_and_where() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto fraction =
      std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm calendar{};
  localtime_r(&seconds, &calendar);
  std::array<char, 32> time{};
  std::strftime(time.data(), time.size(), "%Y-%m-%dT%H:%M:%S", &calendar);
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%s.%03d %d.%d", time.data(), static_cast<int>(fraction),
                static_cast<int>(getpid()), static_cast<int>(gettid()));
  return text.data();
}

// A message may quote a peer or a user: a line stays a line.
std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet != 0x7f) {
      out.push_back(c);
      continue;
    }
    std::array<char, 5> escaped{};
    std::snprintf(escaped.data(), escaped.size(), "\\x%02x", octet);
    out += escaped.data();
  }
  return out;
}

}  // namespace

void log(LogLevel level, std::string_view message) noexcept {
  static const int lowest = lowest_shown();
  if (static_cast<int>(level) < lowest) return;
  try {
    const std::string text = one_line(message);
    const std::string_view name = kNames[static_cast<std::size_t>(level)];
    std::fprintf(stderr, "%s %.*s events: %s\n", when_and_where().c_str(),
                 static_cast<int>(name.size()), name.data(), text.c_str());
  } catch (...) {
    std::fputs("events: (no memory for the message)\n", stderr);
  }
}

bool LogGate::open() noexcept {
  const std::int64_t now = std::chrono::steady_clock::now().time_since_epoch().count();
  std::int64_t next = next_.load(std::memory_order_relaxed);
  return now >= next &&
         next_.compare_exchange_strong(next, now + interval_.count(), std::memory_order_relaxed);
}

}  // namespace corbel::event_service
