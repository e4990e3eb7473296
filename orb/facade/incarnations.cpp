#include <orb/facade/incarnations.hpp>

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

namespace corbel::facade {

namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw Initialize(what + ": " + std::generic_category().message(error));
}

std::string file_name(const std::string& adapter) {
  std::string name;
  for (const char c : adapter) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    if (plain) {
      name += c;
    } else {
      constexpr char kDigits[] = "0123456789abcdef";
      const auto octet = static_cast<unsigned char>(c);
      name += {'%', kDigits[octet >> 4], kDigits[octet & 15]};
    }
  }
  return name + ".adapter";
}

std::uint64_t read_timestamp(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  std::uint64_t timestamp = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), timestamp);
  if (!in || error != std::errc() || end != text.data() + text.size() || timestamp == 0) {
    throw Initialize(file.string() +
                     " does not hold an adapter's timestamp; restore it, or remove it if no "
                     "reference of this adapter is needed any more");
  }
  return timestamp;
}

void write_durably(const std::filesystem::path& file, const std::string& text) {
  const auto temporary = file.string() + ".new";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) fail("cannot write " + temporary, errno);
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!written) fail("cannot write " + temporary, error);
  if (::rename(temporary.c_str(), file.c_str()) != 0) fail("cannot rename " + temporary, errno);
  const int directory = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

}  // namespace

std::uint64_t persistent_timestamp(const std::filesystem::path& directory,
                                   const std::string& adapter, std::uint64_t now) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error)
    throw Initialize("cannot make the data directory " + directory.string() + ": " +
                     error.message());
  const auto file = directory / file_name(adapter);
  if (std::filesystem::exists(file)) return read_timestamp(file);
  write_durably(file, std::to_string(now) + "\n");
  return now;
}

}  // namespace corbel::facade
