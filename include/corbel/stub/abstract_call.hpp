#pragma once

#include <corbel/abstract_base.hpp>
#include <corbel/stub/proxy_base.hpp>

namespace corbel::stub {

/// An operation of an abstract interface: `direct` calls it on a value, the rest is for an object.
template <class Interface, class Codec, class Direct, class... Args>
typename Codec::Value call_abstract(const AbstractBase& target, const Operation& operation,
                                    Direct direct, Args... args) {
  if (auto* value = dynamic_cast<typename Type<Interface>::Value*>(corbel::value(target).get())) {
    return direct(*value);
  }
  if constexpr (std::is_void_v<typename Codec::Value>) {
    if (operation.oneway) return call_oneway(target, operation, args...);
  }
  return call_by_value<Codec>(target, operation, args...);
}

}  // namespace corbel::stub
