#pragma once

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <type_traits>

namespace corbel::giop {

/// What can be wrong with the framing of a message. Each ends the conversation: what follows on the
/// connection cannot be trusted. Answer MessageError, then close.
enum class Error {
  bad_magic = 1,         ///< the first four octets are not "GIOP"
  unsupported_version,   ///< not 1.0, 1.1 or 1.2
  bad_flags,             ///< a byte order octet other than 0 and 1 in GIOP 1.0
  unknown_type,          ///< no such message type in this version
  too_large,             ///< the size is above the cap
  unexpected_fragments,  ///< more fragments announced for a type that has none
  stray_fragment,        ///< a Fragment that continues no message
  mixed_fragments,       ///< version or byte order differ from the first fragment's
  duplicate_fragments,   ///< a second fragmented message with a request id that is still open
  too_many_fragmented,   ///< too many messages being reassembled at once
  fragments_too_large,   ///< the fragments together are above the cap
  fragments_too_small,   ///< many tiny fragments
  truncated,             ///< the body is shorter than its fixed parts
};

const boost::system::error_category& error_category() noexcept;
boost::system::error_code make_error_code(Error error) noexcept;

template <class T>
using Result = boost::system::result<T>;

}  // namespace corbel::giop

template <>
struct boost::system::is_error_code_enum<corbel::giop::Error> : std::true_type {};
