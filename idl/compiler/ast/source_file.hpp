#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace corbel::idl {

struct SourceFile;

/// One `#include` directive, as it stands in the including file.
struct Include {
  /// The text between the quotes or angle brackets: "bank/account.idl".
  std::string name;
  bool angled = false;
  /// The line of the directive in the including file.
  std::uint32_t line = 0;
  const SourceFile* file = nullptr;
};

/// A file that took part in a compilation: the main file or one it included, directly or not.
struct SourceFile {
  /// As the preprocessor opened it; the main file's path as the user gave it.
  std::string path;
  bool is_main = false;
  /// True for files found in the compiler's own library directory (orb.idl, CosNaming.idl, ...).
  bool is_standard = false;
  /// Direct includes in the order in which they were first seen, each file once.
  std::vector<Include> includes;
};

/// A place in a source file. Lines and columns count from 1; columns count octets.
struct Location {
  const SourceFile* file = nullptr;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

}  // namespace corbel::idl
