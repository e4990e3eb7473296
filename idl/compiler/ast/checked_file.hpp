#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "idl/compiler/ast/value_type.hpp"

namespace corbel::idl {

/// One compiled main file with everything it included: all names resolved, all rules checked. Owns
/// the whole tree; pointers into it live as long as it does. Immutable once checked, so any number
/// of threads may read it.
struct CheckedFile {
  CheckedFile() = default;
  CheckedFile(CheckedFile&&) = default;
  CheckedFile& operator=(CheckedFile&&) = default;

  /// The main file first, then the others in the order in which they were first opened.
  std::vector<std::unique_ptr<SourceFile>> files;
  /// The definitions of the global scope, of all files, in source order.
  std::vector<Declaration*> definitions;

  const SourceFile& main_file() const { return *files.front(); }

  /// Makes a declaration that lives as long as the tree. For the checker.
  template <typename T>
  T* make_declaration() {
    auto made = std::make_unique<T>();
    T* declaration = made.get();
    declarations_.push_back(std::move(made));
    return declaration;
  }

  const Type* make_type(Type::Variant value) {
    types_.push_back(std::make_unique<Type>(Type{std::move(value)}));
    return types_.back().get();
  }

 private:
  std::vector<std::unique_ptr<Declaration>> declarations_;
  std::vector<std::unique_ptr<Type>> types_;
};

}  // namespace corbel::idl
