#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idl/compiler/ast/interface.hpp"

namespace corbel::idl {

class Scope;

/// What a name means in its scope.
struct Entry {
  enum class Kind {
    kDeclared,
    /// CORBA::TypeCode, which no IDL file defines.
    kTypeCode,
    /// Something of which only the name is kept (see `skipped`).
    kSkipped,
    /// An error about it was reported already: uses of it are not worth another one.
    kBroken,
  };
  Kind kind = Kind::kDeclared;
  /// As it was spelled when it was declared.
  std::string name;
  Location location;
  /// Of a module the first opening; null unless kDeclared, and for the built-in module CORBA.
  Declaration* declaration = nullptr;
  /// For what has members. An interface that is only announced has none yet.
  Scope* scope = nullptr;
  /// Set by `#pragma ID`, `#pragma version` or `typeid`.
  bool has_explicit_id = false;
  /// "component", "eventtype", ... for what is parsed but not compiled. Components and homes have
  /// an announced interface as their declaration, which is what a reference to one looks like.
  std::string skipped;
  /// Of what is skipped: it was announced, not defined yet.
  bool is_only_announced = false;
};

/// A place where names are declared. NameTable that differ only in case are the same name.
class Scope {
 public:
  enum class Kind { kGlobal, kModule, kInterface, kMembers, kOperation };

  /// The use of a name that was declared further out, which reserves it here.
  struct Use {
    std::string name;
    Location location;
  };

  Scope(Kind its_kind, Scope* its_parent, std::string its_name)
      : kind(its_kind), parent(its_parent), name(std::move(its_name)) {}

  /// The entry of this scope itself, or null.
  Entry* find_own(std::string_view wanted);
  /// The entries of the scope or else of what it inherits from: several mean that the name is
  /// ambiguous.
  std::vector<Entry*> find(std::string_view wanted);
  /// The inherited operation, attribute or member of this name, or null.
  Entry* find_inherited_operation(std::string_view wanted);
  const Use* find_use(std::string_view wanted) const;

  Entry& add(Entry entry);
  void add_use(std::string_view used, const Location& where);

  Kind kind;
  Scope* parent;
  std::string name;
  /// The scopes of the bases and of supported interfaces.
  std::vector<Scope*> bases;
  /// What it belongs to; of a module the current opening. Null in the global scope.
  Declaration* declaration = nullptr;
  /// Where definitions in it are listed.
  std::vector<Declaration*>* definitions = nullptr;
  /// What `typeprefix` said about it.
  std::optional<std::string> type_prefix;

  /// All entries, sorted by name.
  template <typename Function>
  void for_each(Function function) {
    for (auto& [key, entry] : entries_) function(*entry);
  }

 private:
  void find_inherited(const std::string& key, std::vector<Scope*>& seen,
                      std::vector<Entry*>& found);

  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
  std::map<std::string, Use, std::less<>> uses_;
};

}  // namespace corbel::idl
