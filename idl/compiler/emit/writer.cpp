#include "idl/compiler/emit/writer.hpp"

#include <optional>

namespace corbel::idl {
namespace {

constexpr std::size_t kContinuation = 4;

bool is_mark(char c) { return c == kBreak || c == kSpace; }

std::string flat(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == kSpace) result += ' ';
    if (!is_mark(c)) result += c;
  }
  return result;
}

std::size_t flat_width(std::string_view text) { return flat(text).size(); }

/// Fills lines up to `width` columns, greedily; the first one may be shorter by `indentation`.
std::vector<std::string> fill(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t begin = 0;
  bool space = false;
  while (begin <= text.size()) {
    std::size_t end = begin;
    while (end < text.size() && !is_mark(text[end])) ++end;
    const std::string_view piece = text.substr(begin, end - begin);
    const std::size_t needed = lines.back().size() + (space ? 1 : 0) + piece.size();
    if (!lines.back().empty() && needed > width) {
      lines.emplace_back();
    } else if (space) {
      lines.back() += ' ';
    }
    lines.back() += piece;
    if (end == text.size()) break;
    space = text[end] == kSpace;
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (!result.empty()) result += separator;
    result += part;
  }
  return result;
}

void Writer::put(std::size_t indentation, std::string_view text) {
  text_.append(indentation, ' ').append(text) += '\n';
  at_block_start_ = (text.ends_with('{') && !text.starts_with("namespace")) ||
                    text.ends_with("public:") || text.ends_with("protected:");
}

void Writer::line(std::string_view text) {
  const std::size_t width = kColumns - depth_;
  if (flat_width(text) <= width) {
    put(depth_, flat(text));
    return;
  }
  // Everything after the first opening parenthesis on lines of its own reads best; where the part
  // before it is too long itself, it is broken as well.
  const std::size_t first = text.find(kBreak);
  std::string_view rest = text;
  if (first != std::string_view::npos && flat_width(text.substr(0, first)) <= width) {
    put(depth_, flat(text.substr(0, first)));
    rest.remove_prefix(first + 1);
  } else {
    const std::vector<std::string> lines = fill(text, width - kContinuation);
    for (std::size_t i = 0; i < lines.size(); ++i) put(depth_ + (i ? kContinuation : 0), lines[i]);
    return;
  }
  for (const std::string& part : fill(rest, width - kContinuation))
    put(depth_ + kContinuation, part);
}

void Writer::comment(std::string_view text) {
  for (const std::string& part : fill(text, kColumns - depth_ - 4)) put(depth_, "/// " + part);
}

void Writer::blank() {
  if (!text_.empty() && !at_block_start_ && !text_.ends_with("\n\n")) text_ += '\n';
}

void Writer::label(std::string_view text) {
  blank();
  put(depth_ + 1, text);
}

void Writer::function(const std::string& signature, const std::vector<std::string>& body) {
  if (body.empty()) {
    line(signature + " {}");
    return;
  }
  if (body.size() == 1 && flat_width(signature) + flat_width(body[0]) + 5 + depth_ <= kColumns) {
    line(signature + " { " + body[0] + " }");
    return;
  }
  line(signature + " {");
  indent();
  for (const std::string& statement : body) line(statement);
  outdent();
  line("}");
}

void Writer::in_namespace(const std::string& path) {
  if (path == namespace_) return;
  if (!namespace_.empty()) {
    blank();
    put(0, "}  // namespace " + namespace_);
  }
  namespace_ = path;
  if (path.empty()) return;
  if (!text_.empty()) blank();
  put(0, "namespace " + path + " {");
  blank();
}

}  // namespace corbel::idl
