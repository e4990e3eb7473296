#include <corbel/stub/operation.hpp>

namespace corbel {

const char* UserException::what() const noexcept { return type_->name; }

std::string_view repository_id(const UserException& exception) noexcept {
  return exception_type(exception).repository_id;
}

}  // namespace corbel
