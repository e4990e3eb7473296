#include "idl/compiler/source/comment_stripper.hpp"

#include <utility>

namespace corbel::idl {
namespace {

// Control characters that the preprocessor takes in literals stand there for what it misreads.
constexpr char kBackslash = '\x7F';
constexpr char kQuestionMark = '\v';
constexpr char kQuote = '\f';
// Outside of literals there are no octets above 0x7F: they stand for those of 7 bits.
constexpr char kOutside = '\x80';

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

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

  // The length of a backslash and the line end behind it.
  std::size_t splice_length(std::size_t at) const {
    const std::string_view rest = in_.substr(at, 3);
    return rest.starts_with("\\\n") ? 2 : rest == "\\\r\n" ? 3 : 0;
  }

  std::size_t skip_splices(std::size_t at) const {
    while (const std::size_t length = splice_length(at)) at += length;
    return at;
  }

  // The character behind the current one, perhaps on a line that continues this one.
  char next() const {
    const std::size_t at = skip_splices(at_ + 1);
    return at < in_.size() ? in_[at] : '\0';
  }

  void step() {
    const char c = in_[at_];
    if (c == '/' && next() == '*') return block_comment();
    if (c == '/' && next() == '/') return line_comment();
    if (c == '"' || c == '\'') {
      // A character literal without a character is none to the preprocessor.
      const auto end = literal_end(c);
      if (end && c == '\'' && *end == skip_splices(at_ + 1)) return empty_character(*end);
      if (end) return literal(*end);
    }
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

  char replacement(char c) const {
    if (c == '\t' || c == '\n') return c;
    if (c == '\r' || c == '\v' || c == '\f') return ' ';
    if (c == '\\' && splice_length(at_) != 0) {
      // A line that the end of the text continues is not continued.
      return at_ + splice_length(at_) == in_.size() ? ' ' : c;
    }
    if (c == '\\' || c == '"' || c == '\'' || (c == '?' && next() == '?')) {
      return static_cast<char>(c | kOutside);
    }
    return is_control(c) || static_cast<unsigned char>(c) > 0x7F ? '`' : c;
  }

  // Where the literal that begins here is closed. An apostrophe in text that is no IDL at all,
  // like "#error don't", opens nothing.
  std::optional<std::size_t> literal_end(char quote) {
    std::size_t& open_until = quote == '"' ? open_string_until_ : open_character_until_;
    if (at_ < open_until) return std::nullopt;
    std::size_t i = skip_splices(at_ + 1);
    while (i < in_.size() && in_[i] != '\n') {
      if (in_[i] == quote) return i;
      if (in_[i] == '\\') i = skip_splices(i + 1);
      if (i < in_.size() && in_[i] != '\n') i = skip_splices(i + 1);
    }
    open_until = i;
    return std::nullopt;
  }

  // The parts of a literal on several lines are joined; what follows it keeps its line and column.
  void literal(std::size_t end) {
    at_line_start_ = false;
    const char quote = in_[at_];
    std::size_t lines = 0;
    std::size_t line_begin = at_;
    bool has_control_character = false;
    out_.text += quote;
    for (++at_; at_ < end; ++at_) {
      while (const std::size_t length = splice_length(at_)) {
        line_begin = at_ += length;
        ++lines;
      }
      if (at_ == end) break;
      if (is_control(in_[at_]) && !std::exchange(has_control_character, true)) {
        out_.control_characters.push_back(at_);
      }
      out_.text += replacement_in_literal(in_[at_], quote);
    }
    ++at_;
    out_.text += quote;
    for (std::size_t i = 0; i < lines; ++i) out_.text += in_directive_ ? "\\\n" : "\n";
    if (lines != 0) out_.text.append(at_ - line_begin, ' ');
  }

  void empty_character(std::size_t end) {
    at_line_start_ = false;
    out_.text += static_cast<char>('\'' | kOutside);
    for (++at_; at_ < end; ++at_) {
      if (in_[at_] != '\r') out_.text += in_[at_];
    }
    ++at_;
    out_.text += static_cast<char>('\'' | kOutside);
  }

  static char replacement_in_literal(char c, char quote) {
    if (c == quote) return kQuote;
    if (c == '\\') return kBackslash;
    if (c == '?') return kQuestionMark;
    return is_control(c) ? '`' : c;
  }

  void line_comment() {
    while (at_ < in_.size() && in_[at_] != '\n') {
      // A backslash at the end of the line continues even a comment.
      const std::size_t length = splice_length(at_);
      if (length != 0) {
        out_.text += in_directive_ ? "\\\n" : " \n";
        at_ += length;
        continue;
      }
      out_.text += ' ';
      ++at_;
    }
  }

  void block_comment() {
    const std::size_t begin = at_;
    at_ = skip_splices(at_ + 1) + 1;
    const std::size_t end = in_.find("*/", at_);
    if (end == std::string_view::npos) out_.open_comment = begin;
    const std::size_t stop = end == std::string_view::npos ? in_.size() : end + 2;
    for (at_ = begin; at_ < stop; ++at_) {
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
  /// Up to here no literal is closed: quotes need not be looked for again and again.
  std::size_t open_string_until_ = 0;
  std::size_t open_character_until_ = 0;
  StrippedText out_;
};

}  // namespace

StrippedText strip_comments(std::string_view original) { return CommentStripper(original).run(); }

std::string undisguise(std::string_view text) {
  std::string original;
  original.reserve(text.size());
  char quote = '\0';
  // The preprocessor's operator # makes a literal of literals, with escape sequences of its own.
  bool is_quoted_again = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == '\0') {
      if (c == '"' || c == '\'') quote = c;
      is_quoted_again = false;
      original += static_cast<char>(c & ~kOutside);
    } else if (c == kBackslash) {
      original += is_quoted_again ? "\\\\" : "\\";
    } else if (c == kQuote) {
      if (is_quoted_again) original += '\\';
      original += quote;
    } else if (c == '\\' && i + 1 < text.size()) {
      is_quoted_again = true;
      original += c;
      original += text[++i];
    } else {
      if (c == quote) quote = '\0';
      original += c == kQuestionMark ? '?' : c;
    }
  }
  return original;
}

}  // namespace corbel::idl
