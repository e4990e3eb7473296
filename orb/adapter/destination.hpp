#pragma once

#include <corbel/reference.hpp>

#include <orb/adapter/active_object.hpp>

#include <memory>

namespace corbel::detail {
class AdapterCore;
}

namespace corbel::adapter {

/// Where a request goes.
struct Destination {
  std::shared_ptr<detail::AdapterCore> adapter;
  /// Null: AdapterCore::provide() is to be asked where the request runs.
  std::shared_ptr<ActiveObject> object{};
  /// Of the object then.
  ObjectId id{};
};

}  // namespace corbel::adapter
