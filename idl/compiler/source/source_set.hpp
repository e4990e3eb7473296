#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "idl/compiler/ast/source_file.hpp"

namespace corbel::idl {

/// A file's text, as read and as given to the preprocessor.
struct SourceText {
  SourceFile* file = nullptr;
  std::string original;
  /// The same lines without comments and other things that the preprocessor would stumble over.
  std::string cleaned;
  /// Where each line of `original` begins.
  std::vector<std::size_t> line_starts;

  /// Line `number` (from 1) of the original, without its end; empty if there is no such line.
  std::string_view line(std::uint32_t number) const;
};

/// The files of one compilation, found by path. Owns their texts; the SourceFile objects go to the
/// checked tree at the end.
class SourceSet {
 public:
  SourceText& add(std::string path, std::string text);
  SourceText* find(const std::string& path);
  const SourceText* find(const SourceFile* file) const;
  std::vector<std::unique_ptr<SourceFile>> release_files() { return std::move(files_); }
  std::size_t size() const { return texts_.size(); }

 private:
  std::vector<std::unique_ptr<SourceFile>> files_;
  std::vector<std::unique_ptr<SourceText>> texts_;
  std::unordered_map<std::string, SourceText*> by_path_;
  std::unordered_map<const SourceFile*, SourceText*> by_file_;
};

/// Reads a regular file of reasonable size. On failure `problem` says why: "no such file", ...
bool read_file(const std::string& path, std::string& text, std::string& problem);

}  // namespace corbel::idl
