#include "idl/compiler/checker/repository_ids.hpp"

#include <algorithm>
#include <cctype>

namespace corbel::idl {

void RepositoryIds::enter_file() {
  files_.push_back(std::move(prefix_));
  prefix_.clear();
}

void RepositoryIds::leave_file() {
  if (files_.empty()) return;
  prefix_ = std::move(files_.back());
  files_.pop_back();
}

void RepositoryIds::leave_scope() {
  prefix_ = std::move(scopes_.back());
  scopes_.pop_back();
}

void RepositoryIds::set_prefix(const std::string& prefix, std::size_t scopes_around) {
  prefix_ = prefix;
  const std::size_t count = std::min(scopes_around, scopes_.size());
  std::fill(scopes_.end() - static_cast<std::ptrdiff_t>(count), scopes_.end(), prefix);
}

std::string RepositoryIds::id_of(const std::string& prefix, const Declaration& declaration) {
  std::string id = "IDL:";
  if (!prefix.empty()) id += prefix + "/";
  return id + scoped_name(declaration, "/") + ":1.0";
}

std::vector<std::string> pragma_words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (text[at] == '"') {
      end = text.find('"', at + 1);
      end = end == std::string_view::npos ? text.size() : end + 1;
    } else {
      while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) == 0) ++end;
    }
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace corbel::idl
