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
  /// Null: the object is not active, the adapter's servant manager is to be asked.
  std::shared_ptr<ActiveObject> object{};
  /// Of an object that is not active.
  ObjectId id{};
};

}  // namespace corbel::adapter
