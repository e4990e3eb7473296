#pragma once

#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// What is declared directly inside `declaration`, in source order: definitions, members,
/// enumerators, parameters.
std::vector<const Declaration*> children(const Declaration& declaration);

/// One declaration for what may be written several times: the first opening of a module, the thing
/// that a forward declaration announces; else the declaration itself.
const Declaration& entity(const Declaration& declaration);
/// The entity that `declaration` stands in; null for the global scope.
const Declaration* scope_of(const Declaration& declaration);

/// The members of a struct, those of its bases first: how they travel.
std::vector<const Member*> all_members(const Struct& definition);

/// The file whose generated code holds `declaration`: its own, except that a file included inside a
/// module is part of the file around it.
const SourceFile& home(const Declaration& declaration);
inline bool is_generated(const Declaration& declaration) { return home(declaration).is_main; }

/// True if `to` is `from` or a file that `from` includes, directly or not.
bool reaches(const SourceFile& from, const SourceFile& to);
/// True for files that include each other.
inline bool in_cycle(const SourceFile& one, const SourceFile& other) {
  return reaches(one, other) && reaches(other, one);
}

/// The declarations that `type` names, through sequences and arrays but not through typedefs.
std::vector<const Declaration*> named_in(const Type& type);

}  // namespace corbel::idl
