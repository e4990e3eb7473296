#include <orb/cdr/value_factories.hpp>

#include <utility>

namespace corbel::cdr {

void ValueFactories::add(const stub::ValueType& type, Make make) {
  const MutexLock lock(mutex_);
  entries_.insert_or_assign(std::string(type.repository_id), Entry{&type, std::move(make)});
}

ValueFactories::Entry ValueFactories::find(std::string_view repository_id) const {
  const MutexLock lock(mutex_);
  const auto found = entries_.find(repository_id);
  return found == entries_.end() ? Entry{} : found->second;
}

}  // namespace corbel::cdr
