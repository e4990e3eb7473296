#include "tests/idl-random/breaker.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

namespace corbel::idl::random {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(const std::string& token) {
  return std::isdigit(static_cast<unsigned char>(token[0])) != 0;
}

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> kKeywords{
      "abstract", "any",      "attribute", "boolean",    "char",      "const",    "context",
      "custom",   "default",  "double",    "enum",       "exception", "factory",  "fixed",
      "float",    "in",       "inout",     "interface",  "local",     "long",     "module",
      "native",   "Object",   "oneway",    "out",        "private",   "public",   "raises",
      "readonly", "sequence", "short",     "string",     "struct",    "supports", "switch",
      "typedef",  "union",    "unsigned",  "ValueBase",  "valuetype", "void",     "wstring",
      "case",     "FALSE",    "TRUE",      "truncatable"};
  return kKeywords;
}

/// The tokens of IDL text; a directive and every line end is a token too.
std::vector<std::string> tokens_of(const std::string& text) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at++;
    const char c = text[begin];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_word(c)) {
      while (at < text.size() && is_word(text[at])) ++at;
    } else if (c == '"' || c == '\'') {
      while (at < text.size() && text[at] != c) at += text[at] == '\\' ? 2 : 1;
      at = std::min(at + 1, text.size());
    } else if (c == ':' && at < text.size() && text[at] == ':') {
      ++at;
    } else if (c == ' ') {
      continue;
    }
    tokens.push_back(text.substr(begin, at - begin));
  }
  return tokens;
}

std::string joined(const std::vector<std::string>& tokens) {
  std::string text;
  for (const std::string& token : tokens) {
    const bool apart = !text.empty() && text.back() != '\n' && token != "\n" &&
                       // L"..." stays one token.
                       !(text.back() == 'L' && (token[0] == '"' || token[0] == '\''));
    if (apart) text += ' ';
    text += token;
  }
  return text;
}

class Breaker {
 public:
  Breaker(const std::string& text, Chance& chance) : tokens_(tokens_of(text)), chance_(chance) {}

  std::string run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const char c = tokens_[i][0];
      if (c == '\n' || c == '#') continue;
      if (is_digit(tokens_[i])) numbers_.push_back(i);
      const bool is_keyword =
          std::find(keywords().begin(), keywords().end(), tokens_[i]) != keywords().end();
      if (is_keyword) {
        keywords_.push_back(i);
      } else if (is_word(c) && !is_digit(tokens_[i])) {
        names_.push_back(i);
      }
      places_.push_back(i);
    }
    if (!places_.empty()) change();
    return joined(tokens_);
  }

 private:
  void change() {
    switch (chance_.below(12)) {
      case 0:
        return erase(chance_.of(places_));
      case 1: {
        const std::size_t at = chance_.of(places_);
        return insert(at, tokens_[at]);
      }
      case 2:
        return insert(chance_.of(places_), chance_.of(keywords()));
      case 3:
        return std::swap(tokens_[chance_.of(places_)], tokens_[chance_.of(places_)]);
      case 4:
      case 5:
        return number();
      case 6:
        if (!keywords_.empty()) tokens_[chance_.of(keywords_)] = chance_.of(keywords());
        return;
      case 7:
        return statement();
      default:
        return name();
    }
  }

  void erase(std::size_t at) { tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(at)); }
  void insert(std::size_t at, std::string token) {
    tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(at), std::move(token));
  }

  void number() {
    static const std::vector<std::string> kNumbers{
        "0",       "-1",        "4294967296", "18446744073709551616",
        "1.5",     "2.5d",      "\"text\"",   "L\"w\"",
        "'c'",     "L'c'",      "TRUE",       "08",
        "0x",      "255",       "256",        "32768",
        "(1 / 0)", "(1 << 64)", "1e5",        "'ab'"};
    if (!numbers_.empty()) tokens_[chance_.of(numbers_)] = chance_.of(kNumbers);
  }

  // One name becomes another one of this file, or the same in other letters.
  void name() {
    if (names_.empty()) return;
    std::string& changed = tokens_[chance_.of(names_)];
    if (!chance_.one_in(3)) changed = tokens_[chance_.of(names_)];
    if (!chance_.one_in(4)) return;
    for (char& c : changed) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }

  // Loses, doubles or moves what stands in one line.
  void statement() {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i] == "\n") ends.push_back(i);
    }
    if (ends.size() < 2) return;
    const std::size_t line = chance_.below(ends.size() - 1);
    const auto begin = tokens_.begin() + static_cast<std::ptrdiff_t>(ends[line]);
    const auto end = tokens_.begin() + static_cast<std::ptrdiff_t>(ends[line + 1]);
    const std::vector<std::string> taken(begin, end);
    const std::size_t how = chance_.below(3);
    if (how != 0) tokens_.erase(begin, end);
    if (how == 1) return;
    std::size_t target = chance_.of(ends);
    if (target >= tokens_.size()) target = 0;
    tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(target), taken.begin(),
                   taken.end());
  }

  std::vector<std::string> tokens_;
  Chance& chance_;
  std::vector<std::size_t> names_;
  std::vector<std::size_t> numbers_;
  std::vector<std::size_t> keywords_;
  std::vector<std::size_t> places_;
};

}  // namespace

std::string broken(const std::string& text, Chance& chance) { return Breaker(text, chance).run(); }

}  // namespace corbel::idl::random
