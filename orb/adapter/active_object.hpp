#pragma once

#include <corbel/reference.hpp>
#include <corbel/servant.hpp>

#include <atomic>
#include <memory>
#include <string>

namespace corbel::adapter {

/// A servant under its object id. Requests in work keep it alive after deactivation; where there is
/// a servant activator, the last one to let go etherealizes it, so nobody does that under a lock.
struct ActiveObject {
  ActiveObject(ObjectId object_id, std::string object_key, std::shared_ptr<Servant> implementation)
      : id(std::move(object_id)), key(std::move(object_key)), servant(std::move(implementation)) {}

  const ObjectId id;
  const std::string key;  ///< as in references
  const std::shared_ptr<Servant> servant;
  std::atomic<bool> active{true};
  bool managed = false;    ///< Departures made it
  bool departing = false;  ///< Departures waits for its end
};

}  // namespace corbel::adapter
