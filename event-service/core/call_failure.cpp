#include "event-service/core/call_failure.hpp"

#include <corbel/exceptions.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace corbel::event_service {
namespace {

constexpr std::array<std::string_view, 5> kGone{"OBJECT_NOT_EXIST", "INV_OBJREF", "BAD_OPERATION",
                                                "NO_IMPLEMENT", "OBJ_ADAPTER"};
constexpr std::array<std::string_view, 8> kUnreachable{"TRANSIENT",   "COMM_FAILURE", "TIMEOUT",
                                                       "NO_RESPONSE", "NO_RESOURCES", "IMP_LIMIT",
                                                       "NO_MEMORY",   "REBIND"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

CallFailure classify_system(const SystemException& exception) noexcept {
  if (contains(kGone, exception.name())) return CallFailure::gone;
  if (!contains(kUnreachable, exception.name())) return CallFailure::rejected;
  if (exception.completed() == Completion::no) return CallFailure::unreachable;
  return exception.completed() == Completion::yes ? CallFailure::rejected : CallFailure::uncertain;
}

}  // namespace

CallFailure classify(const std::exception_ptr& failure) noexcept {
  try {
    std::rethrow_exception(failure);
  } catch (const SystemException& exception) {
    return classify_system(exception);
  } catch (const UserException& exception) {
    return repository_id(exception) == "IDL:omg.org/CosEventComm/Disconnected:1.0"
               ? CallFailure::disconnected
               : CallFailure::rejected;
  } catch (...) {
    return CallFailure::rejected;
  }
}

std::string describe(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "an unknown failure";
  }
}

}  // namespace corbel::event_service
