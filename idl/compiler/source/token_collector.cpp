#include "idl/compiler/source/token_collector.hpp"

#include "idl/compiler/source/comment_stripper.hpp"

namespace corbel::idl {
namespace {

constexpr std::size_t kMaxTokens = 2'000'000;
constexpr std::size_t kMaxExpansions = 100'000;
constexpr std::size_t kMaxExpandedTokens = 2'000'000;
constexpr std::size_t kMaxExpansionDepth = 100;
constexpr std::size_t kMaxConditionTokens = 1000;

}  // namespace

TokenCollector::TokenCollector(const Options& options, SourceText& main, SourceSet& sources,
                               Reporter& reporter)
    : reporter_(reporter), includes_(options, sources, reporter) {
  includes_.begin(main);
  includes_.prepare(main);
}

bool TokenCollector::is_current(std::string_view file) const {
  return file == current_file().path || (outer_.empty() && file == main_name_);
}

bool TokenCollector::has_line(std::size_t line) const {
  return line <= includes_.current().line_starts.size();
}

// A token from a macro's body carries the place of the #define, which lies before its use or in
// another file. It is shown where the macro is used.
Location TokenCollector::place(const Position& position) {
  const Point point(position.line, position.column);
  if (!is_current(position.file) || point <= last_) {
    if (macro_call_.file == &current_file()) return macro_call_;
    return {&current_file(), last_.first == 0 ? 1 : last_.first, 1};
  }
  last_ = point;
  return {&current_file(), position.line, position.column};
}

void TokenCollector::take(const std::string& text, const Position& position) {
  depth_ = 0;
  const Location where = place(position);
  if (tokens_.size() >= kMaxTokens) {
    throw LimitExceeded{where, "the file and its includes have more than 2000000 tokens"};
  }
  const PutAside::Item* item = includes_.aside().find(text);
  if (item == nullptr) {
    tokens_.push_back({RawToken::Kind::kText, undisguise(text), where});
  } else if (item->kind == PutAside::Kind::kPragma) {
    tokens_.push_back({RawToken::Kind::kPragma, item->text, where});
  } else {
    reporter_.error({where.file, where.line, 1}, item->text);
  }
}

SourceText* TokenCollector::locate(const std::string& name, bool angled, std::uint32_t line) {
  include_line_ = line;
  // Within quotes a disguise is another one than outside of them.
  std::string plain = undisguise(angled ? name : '"' + name + '"');
  if (!angled) plain = plain.substr(1, plain.size() - 2);
  located_ = includes_.locate(plain, angled, line);
  return located_;
}

void TokenCollector::enter() {
  outer_.push_back(last_);
  last_ = {0, 0};
  includes_.enter(*located_);
  tokens_.push_back({RawToken::Kind::kEnterFile, {}, {located_->file, 1, 1}});
}

void TokenCollector::leave() {
  last_ = outer_.back();
  outer_.pop_back();
  includes_.leave();
  tokens_.push_back({RawToken::Kind::kLeaveFile, {}, {&current_file(), include_line_, 1}});
}

void TokenCollector::begin_expansion(const Position& call, std::size_t definition_size) {
  // A call that stands in another macro's body belongs to the use of that one.
  if (depth_ == 0 && is_current(call.file) && Point(call.line, call.column) > last_) {
    macro_call_ = {&current_file(), call.line, call.column};
  }
  expanded_tokens_ += definition_size;
  if (++depth_ > kMaxExpansionDepth || ++expansions_ > kMaxExpansions ||
      expanded_tokens_ > kMaxExpandedTokens) {
    throw LimitExceeded{macro_call_, "this macro expands to too much"};
  }
  if (in_condition_ && (condition_tokens_ += definition_size) > kMaxConditionTokens) {
    throw LimitExceeded{macro_call_, "the macros in this condition expand to too much"};
  }
}

bool TokenCollector::end_expansion() {
  if (depth_ != 0) --depth_;
  return depth_ == 0;
}

void TokenCollector::set_in_condition(bool in_condition) {
  in_condition_ = in_condition;
  condition_tokens_ = 0;
  depth_ = 0;
}

}  // namespace corbel::idl
