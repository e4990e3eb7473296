#include <corbel/any.hpp>
#include <corbel/stub/operation.hpp>

#include <ostream>

namespace corbel {

const char* UserException::what() const noexcept { return type_->name; }

std::string_view repository_id(const UserException& exception) noexcept {
  return exception_type(exception).repository_id;
}

std::string to_string(const UserException& exception) {
  const stub::ExceptionType& type = exception_type(exception);
  cdr::Encoder encoder;
  type.encode(encoder, exception);
  Any any;
  any.assign(type.type_code(type), encoder.copy());
  return to_string(any);
}

std::ostream& operator<<(std::ostream& out, const UserException& exception) {
  return out << to_string(exception);
}

}  // namespace corbel
