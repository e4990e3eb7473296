#include "idl/compiler/source/include_tracker.hpp"

#include <algorithm>
#include <filesystem>

#include "idl/compiler/source/comment_stripper.hpp"

namespace corbel::idl {
namespace {

constexpr std::size_t kMaxIncludeDepth = 64;
constexpr std::size_t kMaxIncludes = 20000;

std::string join(const std::string& directory, const std::string& name) {
  const std::filesystem::path path(name);
  if (directory.empty() || path.is_absolute()) return path.lexically_normal().string();
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

Location location_of(const SourceText& text, std::size_t offset) {
  const auto after = std::upper_bound(text.line_starts.begin(), text.line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - text.line_starts.begin());
  return {text.file, static_cast<std::uint32_t>(line),
          static_cast<std::uint32_t>(offset - text.line_starts[line - 1] + 1)};
}

}  // namespace

IncludeTracker::IncludeTracker(const Options& options, SourceSet& sources, Reporter& reporter)
    : options_(options), sources_(sources), reporter_(reporter) {}

void IncludeTracker::prepare(SourceText& text) {
  const StrippedText stripped = strip_comments(text.original);
  if (stripped.open_comment) {
    reporter_.error(location_of(text, *stripped.open_comment),
                    "this comment is not closed: expected */");
  }
  for (const std::size_t offset : stripped.control_characters) {
    reporter_.error(location_of(text, offset),
                    "a control character in a literal: write it as an escape sequence like \\x01");
  }
  std::vector<CleaningError> errors;
  text.cleaned = clean_directives(stripped.text, aside_, errors);
  for (CleaningError& error : errors) {
    reporter_.error({text.file, static_cast<std::uint32_t>(error.line), 1},
                    std::move(error.message));
  }
}

std::vector<std::string> IncludeTracker::directories(bool angled) const {
  std::vector<std::string> found;
  const std::string own = std::filesystem::path(open_.back()->file->path).parent_path().string();
  if (!angled) found.push_back(own);
  found.insert(found.end(), options_.include_directories.begin(),
               options_.include_directories.end());
  const std::string& library =
      options_.library_directory.empty() ? standard_library() : options_.library_directory;
  if (!library.empty()) found.push_back(library);
  if (angled) found.push_back(own);
  return found;
}

void IncludeTracker::check_limits(const std::string& name, const Location& where) {
  const auto nested = std::count_if(open_.begin(), open_.end(), [&](const SourceText* text) {
    return std::filesystem::path(text->file->path).filename() ==
           std::filesystem::path(name).filename();
  });
  if (open_.size() > kMaxIncludeDepth) {
    throw LimitExceeded{where, "includes are nested more than 64 deep" +
                                   std::string(nested > 1 ? ": this file includes itself" : "")};
  }
  if (++includes_ > kMaxIncludes) {
    throw LimitExceeded{where, "more than 20000 includes: does a file lack its include guard?"};
  }
}

SourceText* IncludeTracker::open(const std::string& path, const Location& where) {
  if (SourceText* known = sources_.find(path)) return known;
  std::string text;
  std::string problem;
  if (!read_file(path, text, problem)) {
    if (problem != "no such file") {
      reporter_.error(where, "cannot include \"" + path + "\": " + problem);
    }
    return nullptr;
  }
  SourceText& added = sources_.add(path, std::move(text));
  prepare(added);
  return &added;
}

SourceText* IncludeTracker::locate(const std::string& name, bool angled, std::uint32_t line) {
  SourceFile& includer = *open_.back()->file;
  const auto text = open_.back()->line(line);
  const std::size_t column = text.find(angled ? '<' : '"');
  const Location where{
      &includer, line,
      static_cast<std::uint32_t>(column == std::string_view::npos ? 1 : column + 1)};
  check_limits(name, where);
  const std::size_t errors = reporter_.diagnostics().error_count();
  std::string searched;
  for (const std::string& directory : directories(angled)) {
    SourceText* found = open(join(directory, name), where);
    if (errors != reporter_.diagnostics().error_count()) return found;
    if (found == nullptr) {
      searched += (searched.empty() ? "" : ", ") + (directory.empty() ? "." : directory);
      continue;
    }
    const std::string library =
        options_.library_directory.empty() ? standard_library() : options_.library_directory;
    if (directory == library) found->file->is_standard = true;
    const auto known = std::find_if(includer.includes.begin(), includer.includes.end(),
                                    [&](const Include& i) { return i.file == found->file; });
    if (known == includer.includes.end()) {
      includer.includes.push_back({name, angled, line, found->file});
    }
    return found;
  }
  reporter_.error(where, "cannot find the included file \"" + name + "\"; looked in: " + searched);
  return nullptr;
}

}  // namespace corbel::idl
