#pragma once

#include <corbel/stub/decoder.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace corbel::cdr {

/// Reads what stands between a value's tag and its state: codebase URL and repository ids, each of
/// which may stand for an earlier one (CORBA 3.3 part 2, 9.3.4.1 and 9.3.4.3).
class ValueHeaderReader {
 public:
  /// The ids, the value's own first, then those it may be cut down to; empty if none is given.
  /// Valid until the next call, what they point to as long as the message.
  std::span<const std::string_view> read(Decoder& decoder, std::uint32_t tag);

 private:
  std::string_view string(Decoder& decoder);
  void list(Decoder& decoder);

  std::vector<std::string_view> ids_;
  std::unordered_map<std::size_t, std::string_view> strings_;  // by position
  std::unordered_map<std::size_t, std::vector<std::string_view>> lists_;
};

/// Where the offset that stands next leads: counted from the offset itself, always backward.
std::size_t read_indirection(Decoder& decoder) noexcept;

}  // namespace corbel::cdr
