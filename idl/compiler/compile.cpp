#include "idl/compiler/compile.hpp"

#include <filesystem>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "idl/compiler/checker/checker.hpp"
#include "idl/compiler/lexer/lexer.hpp"
#include "idl/compiler/parser/parser.hpp"
#include "idl/compiler/source/preprocessor.hpp"
#include "idl/compiler/source/reporter.hpp"
#include "idl/compiler/source/source_set.hpp"

namespace corbel::idl {

namespace {

// Included files before those that include them, as they are read.
void add_in_reading_order(const SourceFile& file, std::unordered_set<const SourceFile*>& seen,
                          std::vector<std::string>& paths) {
  if (!seen.insert(&file).second) return;
  for (const Include& include : file.includes) add_in_reading_order(*include.file, seen, paths);
  paths.push_back(file.path);
}

}  // namespace

std::string standard_library() {
  std::error_code failure;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (!failure) {
    const auto installed = program.parent_path().parent_path() / CORBEL_IDL_INSTALLED_LIBRARY;
    if (std::filesystem::exists(installed / "orb.idl", failure)) return installed.string();
  }
  if (std::filesystem::exists(CORBEL_IDL_SOURCE_LIBRARY, failure)) return CORBEL_IDL_SOURCE_LIBRARY;
  return {};
}

std::optional<CheckedFile> compile(const Options& options, const std::string& path,
                                   Diagnostics& diagnostics) {
  std::string text;
  std::string problem;
  if (!read_file(path, text, problem)) {
    diagnostics.report({Severity::kError, path, 0, 0, "cannot read this file: " + problem, "", 0});
    return std::nullopt;
  }
  return compile_text(options, path, text, diagnostics);
}

std::optional<CheckedFile> compile_text(const Options& options, const std::string& name,
                                        std::string_view text, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  const std::size_t first = diagnostics.all().size();
  SourceSet sources;
  SourceText& main = sources.add(name, std::string(text));
  main.file->is_main = true;
  Reporter reporter(diagnostics, sources);
  std::vector<RawToken> raw = preprocess(options, main, sources, reporter);
  const bool is_complete = diagnostics.error_count() == errors_before;
  TokenStream tokens = lex(std::move(raw), reporter);
  tokens.may_be_cut = !is_complete;
  const ParsedFile parsed = parse(tokens, reporter);
  CheckedFile checked;
  check(parsed, is_complete ? MissingNames::kAreErrors : MissingNames::kAreForgiven, checked,
        reporter);
  std::unordered_set<const SourceFile*> seen;
  std::vector<std::string> paths;
  add_in_reading_order(*main.file, seen, paths);
  diagnostics.sort(first, paths);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  checked.files = sources.release_files();
  return checked;
}

}  // namespace corbel::idl
