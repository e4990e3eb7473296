#include "wire_sample.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace corbel::testing {
namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  throw std::runtime_error(std::string("not a hexadecimal digit: ") + c);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::vector<std::byte> octets(std::string_view text) {
  std::vector<std::byte> result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '#') {
      i = text.find('\n', i);
      if (i == std::string_view::npos) break;
    } else if (!is_space(text[i])) {
      if (i + 1 == text.size()) throw std::runtime_error("half an octet at the end");
      const int value = digit_value(text[i]) * 16 + digit_value(text[i + 1]);
      result.push_back(static_cast<std::byte>(value));
      ++i;
    }
  }
  return result;
}

std::vector<std::byte> wire_sample(std::string_view name) {
  const std::string path = std::string(CORBEL_WIRE_DIR "/") + std::string(name) + ".txt";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("no wire sample " + path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return octets(text);
}

}  // namespace corbel::testing
