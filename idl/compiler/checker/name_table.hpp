#pragma once

#include <deque>
#include <string>
#include <unordered_set>

#include "idl/compiler/checker/scope.hpp"
#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Declares and looks up names by the scope rules of OMG IDL, and reports what breaks them.
class NameTable {
 public:
  explicit NameTable(Reporter& reporter);

  /// NameTable that are not found are no errors, if they are among these, or if all are forgiven.
  void forgive(const std::unordered_set<std::string>* lost, bool all) {
    lost_names_ = lost;
    forgive_all_ = all;
  }

  Scope& current() { return *current_; }
  Scope& global() { return scopes_.front(); }
  /// Makes a scope inside of the current one and enters it.
  Scope& open(Scope::Kind kind, const std::string& name, Declaration* declaration);
  /// Enters a scope again (a reopened module).
  void enter(Scope& scope) { current_ = &scope; }
  void leave() { current_ = current_->parent; }

  /// Adds the name to the current scope; null if that breaks a rule, which is reported.
  Entry* declare(const syntax::Name& name, Declaration* declaration);
  /// Declares a name whose definition was refused, so that its uses cause no more errors.
  void declare_broken(const syntax::Name& name);
  /// True if a new declaration of this name would break no rule other than redefinition.
  bool check_use_and_surroundings(const syntax::Name& name, const Declaration* declaration);
  void report_redefinition(const syntax::Name& name, const Entry& earlier);

  enum class Counts { kAsUse, kNotAsUse };
  /// What the name stands for; null after an error, which is reported. May be a kBroken entry.
  Entry* resolve(const syntax::ScopedName& name, Counts counts = Counts::kAsUse);
  /// The same, but says nothing, and counts as no use.
  const Entry* find_quietly(const syntax::ScopedName& name);
  /// Declares a name of which only the name is kept.
  Entry* declare_skipped(const syntax::Name& name, std::string construct);

 private:
  Entry* resolve_first(const syntax::ScopedName& name, Counts counts);
  Entry* resolve_member(Entry& outer, const syntax::Name& part);
  Entry* choose(const std::vector<Entry*>& found, const syntax::Name& part);
  void record_use(const syntax::Name& part, const Scope& found_in);

  bool is_forgiven(const std::string& name) const {
    return forgive_all_ || (lost_names_ != nullptr && lost_names_->contains(name));
  }

  Reporter& reporter_;
  std::deque<Scope> scopes_;
  Scope* current_;
  const std::unordered_set<std::string>* lost_names_ = nullptr;
  bool forgive_all_ = false;
};

/// "typedef 'x'", "interface 'x'": for messages.
std::string describe(const Entry& entry);

}  // namespace corbel::idl
