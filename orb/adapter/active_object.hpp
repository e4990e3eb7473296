#pragma once

#include <corbel/reference.hpp>
#include <corbel/servant.hpp>

#include <atomic>
#include <memory>
#include <string>

namespace corbel::adapter {

/// A servant under its object id. Requests in work keep it alive after deactivation.
struct ActiveObject {
  ActiveObject(ObjectId object_id, std::string object_key, std::shared_ptr<Servant> implementation)
      : id(std::move(object_id)), key(std::move(object_key)), servant(std::move(implementation)) {}

  const ObjectId id;
  const std::string key;  ///< as in references
  const std::shared_ptr<Servant> servant;
  std::atomic<bool> active{true};
};

}  // namespace corbel::adapter
