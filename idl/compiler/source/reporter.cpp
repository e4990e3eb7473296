#include "idl/compiler/source/reporter.hpp"

#include <utility>

namespace corbel::idl {
namespace {

constexpr std::size_t kShownBefore = 80;
constexpr std::size_t kShown = 160;

// Control characters of a hostile file must not reach the user's terminal.
std::string printable(std::string_view line) {
  std::string text(line);
  for (char& c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet < 0x20 && c != '\t') || octet == 0x7F) c = '?';
  }
  return text;
}

Diagnostic diagnostic_at(Severity severity, const Location& where, std::string message,
                         const SourceText* text) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.message = std::move(message);
  if (where.file != nullptr) diagnostic.file = where.file->path;
  diagnostic.line = where.line;
  diagnostic.column = where.column;
  if (text != nullptr && where.line != 0) {
    auto line = text->line(where.line);
    diagnostic.caret = where.column == 0 ? 0 : where.column - 1;
    if (line.size() > kShown) {
      const std::size_t cut = diagnostic.caret > kShownBefore ? diagnostic.caret - kShownBefore : 0;
      line = cut < line.size() ? line.substr(cut, kShown) : std::string_view{};
      diagnostic.caret -= cut;
    }
    diagnostic.source_line = printable(line);
  }
  return diagnostic;
}

}  // namespace

void Reporter::report(Severity severity, const Location& where, std::string message) {
  diagnostics_.report(
      diagnostic_at(severity, where, std::move(message), sources_.find(where.file)));
}

Diagnostic late_error(const Location& where, std::string message) {
  SourceSet sources;
  const SourceText* text = nullptr;
  std::string content;
  std::string problem;
  if (where.file != nullptr && read_file(where.file->path, content, problem))
    text = &sources.add(where.file->path, std::move(content));
  return diagnostic_at(Severity::kError, where, std::move(message), text);
}

}  // namespace corbel::idl
