#pragma once

#include <memory>
#include <string>
#include <vector>

namespace corbel::transport {

/// Where host names are looked up.
/// Threads: any, several at once.
class NameSource {
 public:
  virtual ~NameSource() = default;
  /// The addresses of a host as text, in the order to try them. Empty with `error` set on failure.
  /// May take as long as a name server lets it wait.
  virtual std::vector<std::string> look_up(const std::string& host, std::string& error) = 0;
  /// This machine knows the host without asking another.
  virtual bool is_local(const std::string& host) = 0;
};

/// The system's: /etc/hosts, DNS, and what else it is set up to ask.
std::shared_ptr<NameSource> system_names();

}  // namespace corbel::transport
