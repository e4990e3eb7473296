#include <orb/adapter/recent_destinations.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/base/hot.hpp>

#include <new>

namespace corbel::adapter {

namespace {

// A call may be made while its thread's thread-local objects are already gone.
thread_local bool is_gone = false;
struct Owner {
  RecentDestinations recent;
  ~Owner() { is_gone = true; }
};
thread_local Owner owner;

}  // namespace

CORBEL_HOT RecentDestinations* RecentDestinations::of_this_thread() noexcept {
  return is_gone ? nullptr : &owner.recent;
}

CORBEL_HOT bool RecentDestinations::find(std::uint64_t edition, std::string_view key,
                                         Destination& found) const {
  const auto& entry = entries_[place_of(key)];
  if (entry.edition != edition || entry.key != key) return false;
  found.adapter = entry.adapter.lock();
  if (!found.adapter || found.adapter->finds_late()) return false;
  found.adapter->require_admission();
  found.object = entry.object.lock();
  return found.object && found.object->active.load(std::memory_order_acquire);
}

void RecentDestinations::remember(std::uint64_t edition, std::string_view key,
                                  const Destination& found) noexcept {
  auto& entry = entries_[place_of(key)];
  entry.edition = 0;
  try {
    entry.key = key;
  } catch (const std::bad_alloc&) {
    return;
  }
  entry.adapter = found.adapter;
  entry.object = found.object;
  entry.edition = edition;
}

}  // namespace corbel::adapter
