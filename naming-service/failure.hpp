#pragma once

#include "naming-service/name_types.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>

namespace corbel::naming_service {

/// Why an operation of the tree did nothing. Plain data: unknown names are daily business, so the
/// tree itself throws nothing for them.
struct Failure {
  enum class Reason : std::uint8_t {
    missing_node,    ///< nothing is bound at the component
    not_context,     ///< an object is bound where a context is needed
    not_object,      ///< a context is bound where an object is to be rebound
    cannot_proceed,  ///< the context before the component is not here: `elsewhere` may go on
    already_bound,
    not_empty,
    no_such_context,  ///< the context called was destroyed
    invalid_name,     ///< no components
    root,             ///< the root context cannot be destroyed
    full,             ///< `message` names the limit
    too_large,        ///< `message` names the limit
  };

  Reason reason = Reason::missing_node;
  /// Index, in the name given, of the first component of rest_of_name.
  std::size_t component = 0;
  Target elsewhere{};
  std::string message{};
};

template <class T>
using Outcome = boost::system::result<T, Failure>;

}  // namespace corbel::naming_service
