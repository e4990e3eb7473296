#pragma once

#include <corbel/object.hpp>

#include <orb/adapter/active_object.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace corbel::detail {
class AdapterCore;
}

namespace corbel::adapter {

/// What an adapter needs of the Orb it belongs to; the facade implements it.
class AdapterHost {
 public:
  virtual ~AdapterHost() = default;
  /// A callable reference to an object of ours under this key.
  virtual Object make_own_object(std::string_view type_id, std::string_view object_key) = 0;
  virtual void add_key(const std::string& key, const std::shared_ptr<detail::AdapterCore>& adapter,
                       const std::shared_ptr<ActiveObject>& object) = 0;
  virtual void remove_key(const std::string& key, const ActiveObject* object) = 0;
  /// The adapter is destroyed: forget its name, keep it until end_retired().
  virtual void retire(const std::shared_ptr<detail::AdapterCore>& adapter) = 0;
  /// Ends its threads and lets go of it, now if nothing runs in it and the caller may wait, else as
  /// soon as that is so.
  virtual void end_retired(const std::shared_ptr<detail::AdapterCore>& adapter, bool may_wait) = 0;
};

}  // namespace corbel::adapter
