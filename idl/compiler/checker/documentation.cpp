#include "idl/compiler/checker/documentation.hpp"

#include <algorithm>
#include <vector>

namespace corbel::idl {
namespace {

constexpr std::string_view kSpaces = " \t";
constexpr std::uint32_t kMaxLines = 200;

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

std::string join_reversed(std::vector<std::string_view>& lines) {
  std::reverse(lines.begin(), lines.end());
  while (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  std::string joined;
  for (const std::string_view& line : lines) {
    if (&line != &lines.front()) joined += '\n';
    joined += line;
  }
  return joined;
}

std::string slashed_lines(const SourceText& text, std::uint32_t last) {
  std::vector<std::string_view> lines;
  for (std::uint32_t line = last; line != 0 && lines.size() < kMaxLines; --line) {
    const auto content = trim(text.line(line));
    if (!content.starts_with("///") || content.starts_with("////")) break;
    lines.push_back(trim(content.substr(3)));
  }
  return join_reversed(lines);
}

std::string block(const SourceText& text, std::uint32_t last) {
  std::vector<std::string_view> lines;
  for (std::uint32_t line = last; line != 0 && lines.size() < kMaxLines; --line) {
    auto content = trim(text.line(line));
    if (line == last) content = trim(content.substr(0, content.size() - 2));
    const std::size_t open = content.find("/*");
    if (open != std::string_view::npos) {
      const bool documents = open == 0 && content.starts_with("/**");
      if (!documents) return {};
      lines.push_back(trim(content.substr(3)));
      return join_reversed(lines);
    }
    if (content.starts_with("*")) content = trim(content.substr(1));
    lines.push_back(content);
  }
  return {};
}

}  // namespace

std::string documentation_above(const SourceText& text, std::uint32_t line) {
  if (line < 2) return {};
  const auto above = trim(text.line(line - 1));
  if (above.starts_with("///")) return slashed_lines(text, line - 1);
  if (above.ends_with("*/") && above != "/**/") return block(text, line - 1);
  return {};
}

}  // namespace corbel::idl
