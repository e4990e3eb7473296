#include "idl/compiler/output_writer.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace corbel::idl {
namespace {

namespace fs = std::filesystem;

bool has_content(const fs::path& path, const std::string& content) {
  std::error_code failure;
  if (fs::file_size(path, failure) != content.size() || failure) return false;
  std::ifstream in(path, std::ios::binary);
  return in && std::string(std::istreambuf_iterator<char>(in), {}) == content;
}

std::error_code write_file(const fs::path& path, const std::string& content) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out.fail()) return {};
  return {errno != 0 ? errno : EIO, std::generic_category()};
}

/// Files and folders being made; what was made disappears unless all of it is kept.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    std::error_code ignored;
    for (auto made = made_.rbegin(); made != made_.rend(); ++made) fs::remove(*made, ignored);
  }

  /// Writes a file under a temporary name.
  std::error_code add(const fs::path& path, const std::string& content) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    // A device or a pipe is written to, not replaced.
    if (fs::is_other(status)) return write_file(path, content);
    if (fs::is_directory(status)) return std::make_error_code(std::errc::is_a_directory);
    failure = make_folder(path.parent_path());
    if (failure) return failure;
    fs::path temporary = path;
    temporary += "." + std::to_string(getpid()) + ".tmp";
    made_.push_back(temporary);
    renamings_.push_back({temporary, path});
    return write_file(temporary, content);
  }

  /// Gives all files their names. On failure `failed` is the one that did not get it.
  std::error_code keep(fs::path& failed) {
    for (const auto& [temporary, path] : renamings_) {
      std::error_code failure;
      const bool is_new = !fs::exists(path, failure);
      fs::rename(temporary, path, failure);
      if (failure) {
        failed = path;
        return failure;
      }
      if (is_new) made_.push_back(path);
    }
    made_.clear();
    return {};
  }

 private:
  struct Renaming {
    fs::path from;
    fs::path to;
  };

  std::error_code make_folder(const fs::path& folder) {
    std::error_code failure;
    if (folder.empty() || fs::exists(folder, failure)) return {};
    if (const std::error_code outer = make_folder(folder.parent_path())) return outer;
    if (fs::create_directory(folder, failure)) made_.push_back(folder);
    return failure;
  }

  /// In the order in which they were made.
  std::vector<fs::path> made_;
  std::vector<Renaming> renamings_;
};

std::string cannot_write(const fs::path& path, const std::error_code& why) {
  return "cannot write " + path.string() + ": " + why.message();
}

}  // namespace

bool write_files(const std::vector<OutputFile>& files, std::string& problem) {
  Transaction transaction;
  for (const OutputFile& file : files) {
    if (has_content(file.name, file.content)) continue;
    if (const std::error_code failure = transaction.add(file.name, file.content)) {
      problem = cannot_write(file.name, failure);
      return false;
    }
  }
  fs::path failed;
  const std::error_code failure = transaction.keep(failed);
  if (failure) problem = cannot_write(failed, failure);
  return !failure;
}

}  // namespace corbel::idl
