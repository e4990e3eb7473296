#include <orb/base/assert.hpp>
#include <orb/base/log.hpp>

#include <cstdlib>
#include <string>

namespace corbel::detail {

void assertion_failed(const char* file, int line, const char* condition,
                      std::string_view message) noexcept {
  std::string text = std::string(file) + ":" + std::to_string(line) + ": " + condition;
  text.append(": ").append(message).append(" (a bug in Corbel; please report it)");
  log::write(log::Level::critical, "assert", text);
  std::abort();
}

}  // namespace corbel::detail
