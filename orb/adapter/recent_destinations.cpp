#include <orb/adapter/recent_destinations.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/base/hot.hpp>

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

CORBEL_HOT Destination RecentDestinations::find(std::uint64_t edition,
                                                std::string_view key) const noexcept {
  const auto& entry = entries_[place_of(key)];
  if (entry.edition != edition || entry.key != key) return {};
  Destination found{entry.adapter.lock(), entry.object.lock(), {}};
  if (!found.adapter || !found.object) return {};
  return found;
}

void RecentDestinations::remember(std::uint64_t edition, std::string_view key,
                                  const Destination& found) {
  auto& entry = entries_[place_of(key)];
  entry.edition = 0;
  entry.key = key;
  entry.adapter = found.adapter;
  entry.object = found.object;
  entry.edition = edition;
}

}  // namespace corbel::adapter
