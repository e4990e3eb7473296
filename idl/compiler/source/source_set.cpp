#include "idl/compiler/source/source_set.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace corbel::idl {
namespace {

constexpr std::uintmax_t kMaxFileSize = 16U << 20U;

}  // namespace

std::string_view SourceText::line(std::uint32_t number) const {
  if (number == 0 || number > line_starts.size()) return {};
  const std::size_t begin = line_starts[number - 1];
  std::size_t end = number < line_starts.size() ? line_starts[number] : original.size();
  while (end > begin && (original[end - 1] == '\n' || original[end - 1] == '\r')) --end;
  return std::string_view(original).substr(begin, end - begin);
}

SourceText& SourceSet::add(std::string path, std::string text) {
  auto& file = *files_.emplace_back(std::make_unique<SourceFile>());
  auto& added = *texts_.emplace_back(std::make_unique<SourceText>());
  file.path = path;
  added.file = &file;
  added.original = std::move(text);
  added.line_starts.push_back(0);
  for (std::size_t i = 0; i < added.original.size(); ++i) {
    if (added.original[i] == '\n') added.line_starts.push_back(i + 1);
  }
  by_path_.emplace(std::move(path), &added);
  by_file_.emplace(&file, &added);
  return added;
}

SourceText* SourceSet::find(const std::string& path) {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

const SourceText* SourceSet::find(const SourceFile* file) const {
  const auto found = by_file_.find(file);
  return found == by_file_.end() ? nullptr : found->second;
}

bool read_file(const std::string& path, std::string& text, std::string& problem) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    problem = "no such file";
    return false;
  }
  // Devices and pipes could block or never end.
  if (!std::filesystem::is_regular_file(status)) {
    problem = "not a regular file";
    return false;
  }
  const auto size = std::filesystem::file_size(path, failure);
  if (!failure && size > kMaxFileSize) {
    problem = "larger than 16 MiB";
    return false;
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    problem = std::strerror(errno);
    return false;
  }
  text.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  return true;
}

}  // namespace corbel::idl
