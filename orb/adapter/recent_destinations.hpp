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

  /// What `key` led to in this edition of the tables, as far as it is still there; else all null.
  Destination find(std::uint64_t edition, std::string_view key) const noexcept;
  /// `found` has an object.
  void remember(std::uint64_t edition, std::string_view key, const Destination& found);

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
