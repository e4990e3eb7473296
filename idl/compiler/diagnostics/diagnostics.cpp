#include "idl/compiler/diagnostics/diagnostics.hpp"

#include <ostream>
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
