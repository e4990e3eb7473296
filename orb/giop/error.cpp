#include <orb/giop/error.hpp>

#include <string>

namespace corbel::giop {
namespace {

const char* text_of(Error error) noexcept {
  switch (error) {
    case Error::bad_magic:
      return "this is no GIOP message";
    case Error::unsupported_version:
      return "the GIOP version is not 1.0, 1.1 or 1.2";
    case Error::bad_flags:
      return "the byte order of a GIOP 1.0 message is neither 0 nor 1";
    case Error::unknown_type:
      return "the message type is unknown in this GIOP version";
    case Error::too_large:
      return "the message is larger than allowed";
    case Error::unexpected_fragments:
      return "a message of this type has no fragments";
    case Error::stray_fragment:
      return "a fragment continues no message";
    case Error::mixed_fragments:
      return "fragments of one message differ in version or byte order";
    case Error::duplicate_fragments:
      return "a message in fragments is begun again before its end";
    case Error::too_many_fragmented:
      return "too many messages in fragments at once";
    case Error::fragments_too_large:
      return "the fragments are together larger than allowed";
    case Error::fragments_too_small:
      return "too many small fragments";
    case Error::truncated:
      return "the message ends before its fixed parts do";
  }
  return "unknown error";
}

// Categories live for ever and are never deleted through their base.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "giop"; }
  std::string message(int value) const override { return text_of(static_cast<Error>(value)); }
};
#pragma GCC diagnostic pop

}  // namespace

const boost::system::error_category& error_category() noexcept {
  static const Category category;
  return category;
}

boost::system::error_code make_error_code(Error error) noexcept {
  return {static_cast<int>(error), error_category()};
}

}  // namespace corbel::giop
