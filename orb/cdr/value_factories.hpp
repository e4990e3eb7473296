#pragma once

#include <corbel/stub/value.hpp>
#include <orb/base/mutex.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace corbel::cdr {

/// What makes the values that an Orb receives, where the generated class cannot be made as it is or
/// the user wants another. Threads: any.
class ValueFactories {
 public:
  using Make = std::function<std::shared_ptr<ValueBase>()>;
  struct Entry {
    const stub::ValueType* type = nullptr;
    Make make;
  };

  /// Replaces an earlier one for the same type.
  void add(const stub::ValueType& type, Make make);
  /// Null type: nothing registered.
  Entry find(std::string_view repository_id) const;

 private:
  mutable Mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::cdr
