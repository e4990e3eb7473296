#include "idl/compiler/source/comment_stripper.hpp"

namespace corbel::idl {
namespace {

class CommentStripper {
 public:
  explicit CommentStripper(std::string_view in) : in_(in) { out_.text.reserve(in.size() + 1); }

  StrippedText run() {
    // The mark that some editors put in front of UTF-8, and the end mark of DOS.
    if (in_.starts_with("\xEF\xBB\xBF")) {
      out_.text.assign(3, ' ');
      at_ = 3;
    }
    if (in_.ends_with('\x1A')) in_.remove_suffix(1);
    while (at_ < in_.size()) step();
    if (out_.text.empty() || out_.text.back() != '\n') out_.text += '\n';
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }

  void step() {
    const char c = in_[at_];
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '/' && peek(1) == '/') return line_comment();
    if ((c == '"' || c == '\'') && literal_is_closed(c)) return literal(c);
    if (c == '\n') {
      newline();
    } else if (c == '\r' && peek(1) == '\n') {
      // Dropped, so that a backslash before it continues the line.
    } else {
      if (c == '#' && at_line_start_) in_directive_ = true;
      if (c != ' ' && c != '\t' && c != '\r') at_line_start_ = false;
      out_.text += replacement(c);
    }
    ++at_;
  }

  void newline() {
    const bool continued = !out_.text.empty() && out_.text.back() == '\\';
    out_.text += '\n';
    if (!continued) {
      at_line_start_ = true;
      in_directive_ = false;
    }
  }

  static char replacement(char c) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\t' || c == '\n') return c;
    if (c == '\r' || c == '\v' || c == '\f') return ' ';
    return octet < 0x20 || octet >= 0x7F ? '`' : c;
  }

  // An apostrophe in text that is no IDL at all, like "#error don't", opens nothing.
  bool literal_is_closed(char quote) const {
    for (std::size_t i = at_ + 1; i < in_.size() && in_[i] != '\n'; ++i) {
      if (in_[i] == '\\' && i + 1 < in_.size() && in_[i + 1] != '\n') {
        ++i;
      } else if (in_[i] == quote) {
        return true;
      } else if (in_[i] == '\\') {
        return false;
      }
    }
    return false;
  }

  void literal(char quote) {
    at_line_start_ = false;
    out_.text += in_[at_++];
    while (in_[at_] != quote) {
      if (in_[at_] == '\\') out_.text += in_[at_++];
      out_.text += in_[at_] == '\0' ? '`' : in_[at_];
      ++at_;
    }
    out_.text += in_[at_++];
  }

  void line_comment() {
    while (at_ < in_.size() && in_[at_] != '\n') {
      // A backslash at the end of the line continues even a comment.
      std::size_t next = at_ + 1;
      if (next < in_.size() && in_[next] == '\r') ++next;
      if (in_[at_] == '\\' && next < in_.size() && in_[next] == '\n') {
        out_.text += in_directive_ ? "\\\n" : " \n";
        at_ = next + 1;
        continue;
      }
      out_.text += ' ';
      ++at_;
    }
  }

  void block_comment() {
    const std::size_t end = in_.find("*/", at_ + 2);
    if (end == std::string_view::npos) out_.open_comment = at_;
    const std::size_t stop = end == std::string_view::npos ? in_.size() : end + 2;
    for (; at_ < stop; ++at_) {
      if (in_[at_] != '\n') {
        out_.text += ' ';
        continue;
      }
      // A directive goes on behind a comment of several lines.
      if (in_directive_) out_.text += '\\';
      out_.text += '\n';
    }
  }

  std::string_view in_;
  std::size_t at_ = 0;
  bool at_line_start_ = true;
  bool in_directive_ = false;
  StrippedText out_;
};

}  // namespace

StrippedText strip_comments(std::string_view original) { return CommentStripper(original).run(); }

}  // namespace corbel::idl
