#include <algorithm>
#include <cctype>
#include <utility>
#include <variant>

#include "idl/compiler/checker/tree_builder.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {
namespace {

bool is_quoted(const std::string& word) {
  return word.size() >= 2 && word.front() == '"' && word.back() == '"';
}

std::string unquoted(const std::string& word) { return word.substr(1, word.size() - 2); }

bool is_version(const std::string& word) {
  const std::size_t point = word.find('.');
  const auto digits = [](const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  return point != std::string::npos && digits(word.substr(0, point)) &&
         digits(word.substr(point + 1));
}

syntax::ScopedName scoped_name_of(std::string_view word, const Location& where) {
  syntax::ScopedName name;
  name.absolute = word.starts_with("::");
  if (name.absolute) word.remove_prefix(2);
  for (;;) {
    const std::size_t end = word.find("::");
    name.parts.push_back({std::string(word.substr(0, end)), where});
    if (end == std::string_view::npos) return name;
    word.remove_prefix(end + 2);
  }
}

/// Gives what is declared in `scope` the ids that it has with this prefix.
void rewrite_ids(Scope& scope, const std::string& prefix) {
  scope.for_each([&](Entry& entry) {
    if (entry.declaration == nullptr) return;
    std::string& id = entry.declaration->repository_id;
    if (!entry.has_explicit_id && !id.empty()) {
      id = RepositoryIds::id_of(prefix, *entry.declaration);
    }
    const bool goes_on = entry.scope != nullptr && entry.scope->parent == &scope;
    if (goes_on && !entry.scope->type_prefix) rewrite_ids(*entry.scope, prefix);
  });
}

}  // namespace

void TreeBuilder::pragma(const SourceEvent& event) {
  const auto words = pragma_words(event.text);
  if (words.empty()) return;
  if (words[0] == "prefix") {
    if (words.size() < 2 || !is_quoted(words[1])) {
      reporter_.error(event.location, "expected #pragma prefix \"text\"");
      return;
    }
    return ids_.set_prefix(unquoted(words[1]));
  }
  // Other pragmas are other compilers' affairs.
  if (words[0] == "ID" || words[0] == "version") pragma_id(event, words);
}

void TreeBuilder::pragma_id(const SourceEvent& event, const std::vector<std::string>& words) {
  const bool is_id = words[0] == "ID";
  const bool well_formed =
      words.size() >= 3 && (is_id ? is_quoted(words[2]) : is_version(words[2]));
  if (!well_formed) {
    reporter_.error(event.location, is_id ? "expected #pragma ID name \"repository id\""
                                          : "expected #pragma version name major.minor");
    return;
  }
  Entry* entry =
      names_.resolve(scoped_name_of(words[1], event.location), NameTable::Counts::kNotAsUse);
  if (entry == nullptr || entry->declaration == nullptr) return;
  if (is_id) return set_repository_id(*entry, unquoted(words[2]), event.location);
  const std::string& id = entry->declaration->repository_id;
  set_repository_id(*entry, id.substr(0, id.rfind(':') + 1) + words[2], event.location);
}

void TreeBuilder::set_repository_id(Entry& entry, std::string id, const Location& where) {
  std::string& current = entry.declaration->repository_id;
  if (current.empty()) {
    reporter_.error(where, "the " + describe(entry) + " has no repository id");
  } else if (entry.has_explicit_id && current != id) {
    reporter_.error(where,
                    "the " + describe(entry) + " has the repository id " + current + " already");
  } else {
    current = std::move(id);
    entry.has_explicit_id = true;
  }
}

void TreeBuilder::on(const syntax::TypeIdentity& node) {
  const auto decoded = decode_narrow(node.text.text);
  const auto* text = std::get_if<std::string>(&decoded);
  if (text == nullptr) {
    reporter_.error(node.text.location, "expected a string without bad escapes");
    return;
  }
  if (node.is_prefix) return type_prefix(node, *text);
  Entry* entry = names_.resolve(node.target, NameTable::Counts::kNotAsUse);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return;
  if (text->find(':') == std::string::npos) {
    reporter_.error(node.text.location, "expected a repository id like \"IDL:name:1.0\"");
  } else if (entry->declaration == nullptr) {
    reporter_.error(node.target.location(), "the " + describe(*entry) + " has no repository id");
  } else {
    set_repository_id(*entry, *text, node.target.location());
  }
}

void TreeBuilder::type_prefix(const syntax::TypeIdentity& node, std::string prefix) {
  Scope* scope = &names_.global();
  Entry* entry = nullptr;
  if (!node.target.parts.empty()) {
    entry = names_.resolve(node.target, NameTable::Counts::kNotAsUse);
    if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return;
    scope = entry->scope;
  }
  const Location& where = entry == nullptr ? node.text.location : node.target.location();
  if (scope == nullptr) {
    reporter_.error(where, "the " + describe(*entry) +
                               " has no scope: expected a module, an interface or the like");
  } else if (scope->type_prefix && *scope->type_prefix != prefix) {
    reporter_.error(where, "the prefix here is \"" + *scope->type_prefix + "\" already");
  } else if (!scope->type_prefix) {
    scope->type_prefix = prefix;
    if (entry != nullptr && entry->declaration != nullptr && !entry->has_explicit_id) {
      entry->declaration->repository_id = RepositoryIds::id_of(prefix, *entry->declaration);
    }
    rewrite_ids(*scope, prefix);
    std::size_t around = 0;
    const Scope* inside = &names_.current();
    for (; inside != nullptr && inside != scope; inside = inside->parent) ++around;
    if (inside != nullptr) ids_.set_prefix(prefix, around);
  }
}

void TreeBuilder::on(const syntax::Import& node) {
  if (node.target.parts.empty()) {
    reporter_.warning(node.text.location,
                      "this import is ignored: #include the file that defines what is used");
    return;
  }
  names_.resolve(node.target, NameTable::Counts::kNotAsUse);
}

}  // namespace corbel::idl
