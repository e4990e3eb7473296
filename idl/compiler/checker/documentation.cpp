#include "idl/compiler/checker/documentation.hpp"

#include <algorithm>
#include <vector>

namespace corbel::idl {
namespace {

constexpr std::string_view kSpaces = " \t\r";
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

// A line full of slashes or stars is a banner; one with '<' belongs to what stands before it.
bool begins_line(std::string_view content) {
  return (content.starts_with("///") || content.starts_with("//!")) &&
         !content.starts_with("////") && content.substr(3, 1) != "<";
}

bool begins_block(std::string_view content) {
  return (content.starts_with("/**") || content.starts_with("/*!")) &&
         !content.starts_with("/***") && content.substr(3, 1) != "<";
}

std::string slashed_lines(const SourceText& text, std::uint32_t last) {
  std::vector<std::string_view> lines;
  for (std::uint32_t line = last; line != 0 && lines.size() < kMaxLines; --line) {
    const auto content = trim(text.line(line));
    if (!begins_line(content)) break;
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
      const bool documents = open == 0 && begins_block(content);
      if (!documents) return {};
      lines.push_back(trim(content.substr(3)));
      return join_reversed(lines);
    }
    if (content.starts_with("*")) content = trim(content.substr(1));
    lines.push_back(content);
  }
  return {};
}

std::string above(const SourceText& text, std::uint32_t line) {
  if (line < 2) return {};
  const auto before = trim(text.line(line - 1));
  if (begins_line(before)) return slashed_lines(text, line - 1);
  if (before.ends_with("*/") && before != "/**/") return block(text, line - 1);
  return {};
}

// Looks no further than a line of sensible length.
std::string behind(const SourceText& text, const Location& name) {
  constexpr std::size_t kMostOctets = 500;
  std::string_view line = text.line(name.line);
  if (name.column == 0 || line.size() < name.column) return {};
  line.remove_prefix(name.column - 1);
  if (line.size() > kMostOctets) return {};
  for (const std::string_view mark : {"///<", "//!<", "/**<", "/*!<"}) {
    const std::size_t found = line.find(mark);
    if (found == std::string_view::npos) continue;
    if (line.substr(0, found).find_first_of("{}") != std::string_view::npos) return {};
    std::string_view comment = line.substr(found + mark.size());
    if (mark[1] == '*') comment = comment.substr(0, comment.find("*/"));
    return std::string(trim(comment));
  }
  return {};
}

}  // namespace

std::string documentation_of(const SourceText& text, std::uint32_t begin, const Location& name) {
  std::string found = above(text, begin);
  return found.empty() ? behind(text, name) : found;
}

}  // namespace corbel::idl
