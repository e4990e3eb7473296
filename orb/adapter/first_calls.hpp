#pragma once

#include <corbel/reference.hpp>
#include <corbel/stub/function_ref.hpp>

#include <orb/adapter/active_object.hpp>
#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>
#include <orb/ior/keyed_hash.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>

namespace corbel::adapter {

/// Of several calls that need the same object made, lets one make it and the others have what came
/// of it. Calls for other objects are not held up.
/// Threads: any.
class FirstCalls {
 public:
  using Make = FunctionRef<std::shared_ptr<ActiveObject>()>;

  /// What `make` returns or throws, here or in the call that is making the object already. Throws
  /// TRANSIENT when that takes longer than `until`, BAD_INV_ORDER when the object is being made by
  /// this very thread, further up.
  std::shared_ptr<ActiveObject> make_once(const ObjectId& id, Deadline until, Make make);

 private:
  struct Making {
    const std::thread::id maker = std::this_thread::get_id();
    bool over = false;
    std::shared_ptr<ActiveObject> object{};
    std::exception_ptr failure{};
  };
  std::shared_ptr<ActiveObject> wait_for(const Making& making, const ObjectId& id, Deadline until);

  Mutex mutex_;
  Condition over_;
  /// Also guards what is in each Making.
  std::unordered_map<std::string, std::shared_ptr<Making>, ior::KeyedHash, std::equal_to<>> making_
      CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::adapter
