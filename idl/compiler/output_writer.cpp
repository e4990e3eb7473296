#include "idl/compiler/output_writer.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace corbel::idl {
namespace {

namespace fs = std::filesystem;

bool has_content(const fs::path& path, const std::string& content) {
  std::error_code failure;
  if (fs::file_size(path, failure) != content.size() || failure) return false;
  std::ifstream in(path, std::ios::binary);
  return in && std::string(std::istreambuf_iterator<char>(in), {}) == content;
}

bool write_file(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  return !out.fail();
}

/// Files that do not have their names yet; they disappear unless they get them.
class TemporaryFiles {
 public:
  TemporaryFiles() = default;
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;
  ~TemporaryFiles() {
    std::error_code ignored;
    for (const auto& [temporary, final_name] : files_) fs::remove(temporary, ignored);
  }

  bool add(const fs::path& final_name, const std::string& content) {
    fs::path temporary = final_name;
    temporary += "." + std::to_string(getpid()) + ".tmp";
    files_.emplace_back(temporary, final_name);
    return write_file(temporary, content);
  }

  std::error_code give_names() {
    std::error_code failure;
    for (const auto& [temporary, final_name] : files_) {
      fs::rename(temporary, final_name, failure);
      if (failure) return failure;
    }
    files_.clear();
    return failure;
  }

 private:
  std::vector<std::pair<fs::path, fs::path>> files_;
};

}  // namespace

bool write_files(const std::string& directory, const std::vector<OutputFile>& files,
                 std::string& problem) {
  std::error_code failure;
  TemporaryFiles temporaries;
  for (const OutputFile& file : files) {
    const fs::path path = fs::path(directory) / file.name;
    fs::create_directories(path.parent_path(), failure);
    if (!has_content(path, file.content) && !temporaries.add(path, file.content)) {
      problem = "cannot write " + path.string() + (failure ? ": " + failure.message() : "");
      return false;
    }
  }
  failure = temporaries.give_names();
  if (failure) problem = "cannot write into " + directory + ": " + failure.message();
  return !failure;
}

}  // namespace corbel::idl
