#pragma once

#include <exception>
#include <string>

namespace corbel::event_service {

/// What a failed call to a consumer or supplier means for its connection.
enum class CallFailure {
  disconnected,  ///< the peer says that it has disconnected (CosEventComm::Disconnected)
  gone,          ///< there is no such object any more, or it is no consumer or supplier at all
  unreachable,   ///< surely not executed; try again
  uncertain,     ///< perhaps executed: trying again could deliver twice
  rejected,      ///< the peer was reached and failed on its side; going on with the next is right
};

CallFailure classify(const std::exception_ptr& failure) noexcept;
/// One line for the log.
std::string describe(const std::exception_ptr& failure);

}  // namespace corbel::event_service
