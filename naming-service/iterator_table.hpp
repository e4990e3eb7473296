#pragma once

#include "naming-service/context_table.hpp"
#include "naming-service/limits.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/adapter.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace corbel::naming_service {

/// The binding iterators that clients hold. Clients forget to destroy them, so their number and
/// what they hold are bounded: the one unused for longest makes room, as the specification foresees
/// (Naming Service 1.3, 2.3: a client must expect OBJECT_NOT_EXIST). Idle ones end at the next
/// list. Threads: any.
class IteratorTable {
 public:
  using Clock = std::chrono::steady_clock;

  /// `now` is the clock, which tests replace.
  IteratorTable(Adapter adapter, const IteratorLimits& limits,
                std::function<Clock::time_point()> now = Clock::now);

  /// An object that gives the bindings from index `next` on.
  CosNaming::BindingIterator open(Snapshot bindings, std::size_t next);
  /// Notes that the iterator is in use.
  void touch(const ObjectId& id);
  void close(const ObjectId& id);

  std::size_t size() const;

 private:
  struct Entry {
    ObjectId id;
    Snapshot bindings;
    Clock::time_point last_used;
  };
  using Entries = std::list<Entry>;  // the one unused for longest first

  std::vector<ObjectId> add(Entry entry);
  bool must_shrink() const;
  void drop(Entries::iterator entry);

  Adapter adapter_;
  IteratorLimits limits_;
  std::function<Clock::time_point()> now_;

  mutable std::mutex mutex_;  // guards all below
  Entries entries_;
  std::unordered_map<ObjectId, Entries::iterator> by_id_;
  std::unordered_map<const void*, std::size_t>
      holders_;  // iterators of each snapshot, which they share
  std::size_t held_bindings_ = 0;
};

}  // namespace corbel::naming_service
