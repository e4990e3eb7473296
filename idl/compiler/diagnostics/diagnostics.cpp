#include "idl/compiler/diagnostics/diagnostics.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <tuple>
#include <utility>

namespace corbel::idl {
namespace {

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "error";
}

// Tabs stay tabs, so that the caret stands under its character whatever the terminal's tab width;
// continuation octets of UTF-8 take no room.
std::string indentation(const std::string& line, std::size_t caret) {
  std::string indent;
  for (std::size_t i = 0; i < caret && i < line.size(); ++i) {
    const auto octet = static_cast<unsigned char>(line[i]);
    if ((octet & 0xC0U) == 0x80U) continue;
    indent += octet == '\t' ? '\t' : ' ';
  }
  if (caret > line.size()) indent.append(caret - line.size(), ' ');
  return indent;
}

}  // namespace

void Diagnostics::report(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::kError) ++errors_;
  if (errors_ > kMaxErrors || diagnostics_.size() >= 4 * kMaxErrors) return;
  diagnostics_.push_back(std::move(diagnostic));
}

void Diagnostics::sort(std::size_t first, const std::vector<std::string>& files) {
  struct Group {
    std::size_t file;
    std::uint32_t line;
    std::uint32_t column;
    std::vector<Diagnostic> diagnostics;
  };
  std::vector<Group> groups;
  for (std::size_t i = first; i < diagnostics_.size(); ++i) {
    Diagnostic& next = diagnostics_[i];
    if (next.severity != Severity::kNote || groups.empty()) {
      const auto file = std::find(files.begin(), files.end(), next.file) - files.begin();
      groups.push_back({static_cast<std::size_t>(file), next.line, next.column, {}});
    }
    groups.back().diagnostics.push_back(std::move(next));
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& left, const Group& right) {
    return std::tie(left.file, left.line, left.column) <
           std::tie(right.file, right.line, right.column);
  });
  diagnostics_.resize(first);
  for (Group& group : groups) {
    std::move(group.diagnostics.begin(), group.diagnostics.end(), std::back_inserter(diagnostics_));
  }
}

std::ostream& operator<<(std::ostream& out, const Diagnostic& diagnostic) {
  if (!diagnostic.file.empty()) out << diagnostic.file << ':';
  if (diagnostic.line != 0) out << diagnostic.line << ':' << diagnostic.column << ':';
  if (!diagnostic.file.empty()) out << ' ';
  out << severity_name(diagnostic.severity) << ": " << diagnostic.message << '\n';
  if (!diagnostic.source_line.empty()) {
    out << diagnostic.source_line << '\n'
        << indentation(diagnostic.source_line, diagnostic.caret) << "^\n";
  }
  return out;
}

}  // namespace corbel::idl
