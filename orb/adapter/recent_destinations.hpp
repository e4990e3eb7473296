#pragma once

#include <orb/adapter/destination.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace corbel::adapter {

/// Where the last requests that a thread read went: most are for the same few objects, and need not
/// ask the tables, whose locks all threads share. Keeps nothing alive.
/// Threads: each has its own.
class RecentDestinations {
 public:
  /// The calling thread's; null while the thread ends.
  static RecentDestinations* of_this_thread() noexcept;

  /// What `key` led to in this edition of the tables. False if that is not known or not so any
  /// more. Throws as AdapterCore::require_admission(), before it touches the object: of an adapter
  /// that has ended nobody shall become the last to let go.
  bool find(std::uint64_t edition, std::string_view key, Destination& found) const;
  /// `found` has an object. Without memory it forgets.
  void remember(std::uint64_t edition, std::string_view key, const Destination& found) noexcept;

 private:
  struct Entry {
    std::uint64_t edition = 0;  // of no tables
    std::string key;
    std::weak_ptr<detail::AdapterCore> adapter;
    std::weak_ptr<ActiveObject> object;
  };
  static constexpr std::size_t kEntries = 8;
  /// Keys end with the object's id, whose last octet differs most.
  static std::size_t place_of(std::string_view key) noexcept {
    return key.empty() ? 0 : static_cast<unsigned char>(key.back()) % kEntries;
  }

  std::array<Entry, kEntries> entries_;
};

}  // namespace corbel::adapter
