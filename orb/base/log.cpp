#include <orb/base/log.hpp>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace corbel::log {
namespace {

// As CORBEL_LOG takes them, and as lines show them.
constexpr std::string_view kWords[] = {"trace", "debug",    "info", "warn",
                                       "error", "critical", "off"};

std::atomic<Level>& lowest_shown() noexcept {
  static std::atomic<Level> level = [] {
    const char* word = std::getenv("CORBEL_LOG");
    return parse_level(word != nullptr ? word : "", Level::warn);
  }();
  return level;
}

// Never destroyed: threads may still log while the process ends.
spdlog::logger& logger() {
  static spdlog::logger& instance = *[] {
    auto* made = new spdlog::logger("corbel", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_level(spdlog::level::trace);
    made->flush_on(spdlog::level::trace);
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %P.%t %v");
    return made;
  }();
  return instance;
}

void append_printable(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet != 0x7f) {
      out.push_back(c);
    } else {
      out.append("\\x");
      out.push_back(kDigits[octet >> 4]);
      out.push_back(kDigits[octet & 15]);
    }
  }
}

}  // namespace

bool enabled(Level level) noexcept {
  return level != Level::off && level >= lowest_shown().load(std::memory_order_relaxed);
}

void set_level(Level level) noexcept { lowest_shown().store(level, std::memory_order_relaxed); }

Level parse_level(std::string_view word, Level fallback) noexcept {
  for (unsigned i = 0; i < std::size(kWords); ++i) {
    if (word == kWords[i]) return static_cast<Level>(i);
  }
  return word == "warning" ? Level::warn : fallback;
}

void write(Level level, std::string_view component, std::string_view message) noexcept {
  if (!enabled(level)) return;
  try {
    std::string line;
    const auto word = kWords[static_cast<unsigned>(level)];
    line.reserve(word.size() + component.size() + 3 + message.size());
    line.append(word).append(" ").append(component).append(": ");
    append_printable(line, message);
    logger().log(static_cast<spdlog::level::level_enum>(level), spdlog::string_view_t(line));
  } catch (...) {
    // Out of memory: losing a log line is better than losing the process.
  }
}

void Every::write(Level level, std::string_view component, std::string_view message) noexcept {
  write_at(std::chrono::steady_clock::now(), level, component, message);
}

bool Every::write_at(std::chrono::steady_clock::time_point now, Level level,
                     std::string_view component, std::string_view message) noexcept {
  const std::int64_t time = std::chrono::nanoseconds(now.time_since_epoch()).count();
  std::int64_t next = next_.load(std::memory_order_relaxed);
  if (time < next || !next_.compare_exchange_strong(next, time + interval_.count())) {
    swallowed_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  if (const auto swallowed = swallowed_.exchange(0); swallowed != 0) {
    write_parts(level, component, message, " (and ", swallowed, " more since the last such line)");
  } else {
    log::write(level, component, message);
  }
  return true;
}

}  // namespace corbel::log
