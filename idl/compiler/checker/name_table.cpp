#include "idl/compiler/checker/name_table.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace corbel::idl {
namespace {

bool same_ignoring_case(const std::string& left, const std::string& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

}  // namespace

std::string describe(const Entry& entry) {
  if (!entry.skipped.empty()) return entry.skipped + " " + quoted(entry.name) + " (skipped)";
  if (entry.declaration == nullptr) {
    return (entry.scope != nullptr ? "module " : "type ") + quoted(entry.name);
  }
  return std::string(kind_name(entry.declaration->kind)) + " " + quoted(entry.name);
}

NameTable::NameTable(Reporter& reporter) : reporter_(reporter) {
  current_ = &scopes_.emplace_back(Scope::Kind::kGlobal, nullptr, "");
  // The ORB's own module is there without any #include, as in other IDL compilers; files that
  // define more of it reopen it.
  Scope& corba = scopes_.emplace_back(Scope::Kind::kModule, current_, "CORBA");
  Entry module;
  module.name = "CORBA";
  module.scope = &corba;
  global().add(std::move(module));
  Entry type_code;
  type_code.kind = Entry::Kind::kTypeCode;
  type_code.name = "TypeCode";
  corba.add(std::move(type_code));
}

Scope& NameTable::open(Scope::Kind kind, const std::string& name, Declaration* declaration) {
  Scope& opened = scopes_.emplace_back(kind, current_, name);
  opened.declaration = declaration;
  current_ = &opened;
  return opened;
}

void NameTable::report_redefinition(const syntax::Name& name, const Entry& earlier) {
  if (earlier.name == name.text) {
    reporter_.error(name.location, "redefinition of " + describe(earlier));
  } else {
    reporter_.error(name.location, quoted(name.text) + " differs from the " + describe(earlier) +
                                       " only in case, so the two names collide");
  }
  if (earlier.location.file != nullptr) {
    reporter_.note(earlier.location, quoted(earlier.name) + " is declared here");
  }
}

bool NameTable::check_use_and_surroundings(const syntax::Name& name,
                                           const Declaration* declaration) {
  Scope& scope = *current_;
  if (const Scope::Use* use = scope.find_use(name.text)) {
    reporter_.error(name.location, quoted(name.text) + " collides with the name " +
                                       quoted(use->name) + ", which is already used in this scope");
    reporter_.note(use->location, quoted(use->name) + " is used here");
    return false;
  }
  const bool named_scope =
      scope.kind != Scope::Kind::kGlobal && scope.kind != Scope::Kind::kOperation;
  if (named_scope && same_ignoring_case(scope.name, name.text)) {
    const char* around =
        scope.declaration == nullptr ? "module" : kind_name(scope.declaration->kind);
    reporter_.error(name.location, quoted(name.text) + " collides with the name of the " +
                                       std::string(around) + " around it");
    return false;
  }
  if (const Entry* inherited = scope.find_inherited_operation(name.text)) {
    const char* kind = declaration == nullptr ? "name" : kind_name(declaration->kind);
    reporter_.error(name.location, std::string(kind) + " " + quoted(name.text) +
                                       " collides with the " + describe(*inherited) +
                                       " inherited from " +
                                       quoted(scoped_name(*inherited->declaration->parent)));
    reporter_.note(inherited->location, quoted(inherited->name) + " is declared here");
    return false;
  }
  return true;
}

Entry* NameTable::declare(const syntax::Name& name, Declaration* declaration) {
  if (Entry* earlier = current_->find_own(name.text)) {
    if (earlier->kind != Entry::Kind::kBroken) report_redefinition(name, *earlier);
    return nullptr;
  }
  if (!check_use_and_surroundings(name, declaration)) {
    declare_broken(name);
    return nullptr;
  }
  Entry entry;
  entry.name = name.text;
  entry.location = name.location;
  entry.declaration = declaration;
  return &current_->add(std::move(entry));
}

void NameTable::declare_broken(const syntax::Name& name) {
  if (name.text.empty() || current_->find_own(name.text) != nullptr) return;
  Entry entry;
  entry.kind = Entry::Kind::kBroken;
  entry.name = name.text;
  entry.location = name.location;
  current_->add(std::move(entry));
}

Entry* NameTable::declare_skipped(const syntax::Name& name, std::string construct) {
  Entry* entry = declare(name, nullptr);
  if (entry == nullptr) return nullptr;
  entry->kind = Entry::Kind::kSkipped;
  entry->skipped = std::move(construct);
  return entry;
}

const Entry* NameTable::find_quietly(const syntax::ScopedName& name) {
  const Entry* found = nullptr;
  for (Scope* scope = name.absolute ? &global() : current_; scope != nullptr && found == nullptr;
       scope = scope->parent) {
    const auto candidates = scope->find(name.parts.front().text);
    if (!candidates.empty()) found = candidates.front();
  }
  for (std::size_t i = 0; found != nullptr; ++i) {
    if (found->name != name.parts[i].text) return nullptr;
    if (i + 1 == name.parts.size()) return found;
    if (found->scope == nullptr) return nullptr;
    const auto candidates = found->scope->find(name.parts[i + 1].text);
    found = candidates.empty() ? nullptr : candidates.front();
  }
  return nullptr;
}

Entry* NameTable::resolve(const syntax::ScopedName& name, Counts counts) {
  Entry* found = resolve_first(name, counts);
  for (std::size_t i = 1; i < name.parts.size(); ++i) {
    if (found == nullptr || found->kind == Entry::Kind::kBroken) return found;
    found = resolve_member(*found, name.parts[i]);
  }
  return found;
}

Entry* NameTable::resolve_first(const syntax::ScopedName& name, Counts counts) {
  const syntax::Name& part = name.parts.front();
  for (Scope* scope = name.absolute ? &global() : current_; scope != nullptr;
       scope = scope->parent) {
    const auto found = scope->find(part.text);
    if (found.empty()) continue;
    Entry* chosen = choose(found, part);
    if (chosen != nullptr && counts == Counts::kAsUse && !name.absolute) {
      record_use(part, *scope);
    }
    return chosen;
  }
  if (is_forgiven(part.text)) return nullptr;
  const std::string spelled = (name.absolute ? "::" : "") + part.text;
  reporter_.error(part.location, "undefined name " + quoted(spelled) + spelling_hint(part.text));
  return nullptr;
}

Entry* NameTable::resolve_member(Entry& outer, const syntax::Name& part) {
  if (outer.scope == nullptr) {
    const auto* interface = as<Interface>(outer.declaration);
    const bool incomplete = interface != nullptr && !interface->is_defined;
    reporter_.error(part.location,
                    incomplete ? "the " + describe(outer) +
                                     " is only announced so far: expected its definition before " +
                                     "this use of " + quoted(part.text)
                               : "the " + describe(outer) + " has no members to name with '::'");
    return nullptr;
  }
  const auto found = outer.scope->find(part.text);
  if (!found.empty()) return choose(found, part);
  if (is_forgiven(part.text)) return nullptr;
  reporter_.error(part.location, "the " + describe(outer) + " has no member " + quoted(part.text));
  return nullptr;
}

Entry* NameTable::choose(const std::vector<Entry*>& found, const syntax::Name& part) {
  Entry& entry = *found.front();
  if (found.size() > 1) {
    reporter_.error(part.location,
                    quoted(part.text) + " is ambiguous: it is inherited from more than one base");
    for (const Entry* candidate : found) {
      reporter_.note(candidate->location, "one of them is declared here");
    }
    return nullptr;
  }
  if (entry.name != part.text) {
    reporter_.error(part.location, quoted(part.text) + " differs from the declared name " +
                                       quoted(entry.name) + " in case");
    if (entry.location.file != nullptr) {
      reporter_.note(entry.location, quoted(entry.name) + " is declared here");
    }
    return nullptr;
  }
  return &entry;
}

// A name that is used in a scope is taken there; of the scopes further out only interfaces are
// concerned.
void NameTable::record_use(const syntax::Name& part, const Scope& found_in) {
  for (Scope* scope = current_; scope != nullptr && scope->parent != nullptr;
       scope = scope->parent) {
    const bool own = scope == &found_in && scope->find_own(part.text) != nullptr;
    if (own) return;
    if (scope == current_ || scope->kind == Scope::Kind::kInterface) {
      scope->add_use(part.text, part.location);
    }
    if (scope == &found_in || scope->kind == Scope::Kind::kModule) return;
  }
}

}  // namespace corbel::idl
