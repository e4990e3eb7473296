#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

/// Log lines go to standard error. The environment variable CORBEL_LOG sets the lowest level shown:
/// trace, debug, info, warn (the default), error, critical or off.
/// Threads: any, everywhere in this file.
namespace corbel::log {

enum class Level : std::uint8_t { trace, debug, info, warn, error, critical, off };

/// Ask before building an expensive message.
bool enabled(Level level) noexcept;
/// Overrides CORBEL_LOG for the whole process.
void set_level(Level level) noexcept;
/// "trace" ... "off"; an unknown word is `fallback`.
Level parse_level(std::string_view word, Level fallback) noexcept;

/// One line. `component` names the room or part, e.g. "connection". Control characters in `message`
/// (it may quote a peer) are shown as \xNN, so a line stays a line. Never throws.
void write(Level level, std::string_view component, std::string_view message) noexcept;

namespace detail {
inline void append(std::string& text, std::string_view part) { text.append(part); }
template <class Number>
  requires std::is_arithmetic_v<Number>
void append(std::string& text, Number part) {
  text.append(std::to_string(part));
}
}  // namespace detail

/// The parts (texts and numbers) one after the other, built only if the level is shown.
template <class... Parts>
void write_parts(Level level, std::string_view component, const Parts&... parts) noexcept {
  if (!enabled(level)) return;
  try {
    std::string text;
    (detail::append(text, parts), ...);
    write(level, component, text);
  } catch (...) {
    write(level, component, "(no memory for the message)");
  }
}
template <class... Parts>
void trace(std::string_view component, const Parts&... parts) noexcept {
  write_parts(Level::trace, component, parts...);
}
template <class... Parts>
void debug(std::string_view component, const Parts&... parts) noexcept {
  write_parts(Level::debug, component, parts...);
}
template <class... Parts>
void info(std::string_view component, const Parts&... parts) noexcept {
  write_parts(Level::info, component, parts...);
}
template <class... Parts>
void warn(std::string_view component, const Parts&... parts) noexcept {
  write_parts(Level::warn, component, parts...);
}
template <class... Parts>
void error(std::string_view component, const Parts&... parts) noexcept {
  write_parts(Level::error, component, parts...);
}

/// Holds back a message that a peer could make us repeat: at most one in each interval, with the
/// number of those swallowed since the last one. Keep one as a member beside the cause.
class Every {
 public:
  explicit Every(std::chrono::nanoseconds interval = std::chrono::minutes(1)) noexcept
      : interval_(interval) {}

  void write(Level level, std::string_view component, std::string_view message) noexcept;
  /// The same at a given moment; true if the line was written.
  bool write_at(std::chrono::steady_clock::time_point now, Level level, std::string_view component,
                std::string_view message) noexcept;

 private:
  std::chrono::nanoseconds interval_;
  std::atomic<std::int64_t> next_{INT64_MIN};
  std::atomic<std::uint64_t> swallowed_{0};
};

}  // namespace corbel::log
