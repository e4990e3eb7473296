#include <orb/transport/name_source.hpp>

#include <netdb.h>
#include <strings.h>
#include <sys/socket.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace corbel::transport {

namespace {

std::string message_of(int failure, int system_error) {
  switch (failure) {
    case EAI_NONAME:
      return "Host not found (authoritative)";
    case EAI_AGAIN:
      return "Host not found (non-authoritative), try again later";
    case EAI_SYSTEM:
      return std::generic_category().message(system_error);
    default:
      return ::gai_strerror(failure);
  }
}

class SystemNames final : public NameSource {
 public:
  std::vector<std::string> look_up(const std::string& host, std::string& error) override {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int failure = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); failure != 0) {
      error = message_of(failure, errno);
      return {};
    }
    std::vector<std::string> addresses;
    for (const auto* each = found; each != nullptr; each = each->ai_next) {
      char text[NI_MAXHOST] = "";
      if (::getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0,
                        NI_NUMERICHOST) != 0)
        continue;
      if (addresses.empty() || addresses.back() != text) addresses.emplace_back(text);
    }
    ::freeaddrinfo(found);
    return addresses;
  }

  bool is_local(const std::string& host) override {
    if (is_same(host, "localhost")) return true;  // RFC 6761, 6.3
    std::ifstream file("/etc/hosts");
    for (std::string line; std::getline(file, line);) {
      std::istringstream words(line.substr(0, line.find('#')));
      std::string word;
      words >> word;  // the address
      while (words >> word) {
        if (is_same(word, host)) return true;
      }
    }
    return false;
  }

 private:
  static bool is_same(const std::string& one, const std::string& other) noexcept {
    return ::strcasecmp(one.c_str(), other.c_str()) == 0;
  }
};

}  // namespace

std::shared_ptr<NameSource> system_names() { return std::make_shared<SystemNames>(); }

}  // namespace corbel::transport
