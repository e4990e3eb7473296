#include "naming-service/iterator_table.hpp"

#include "naming-service/binding_iterator.hpp"

#include <utility>

namespace corbel::naming_service {

IteratorTable::IteratorTable(Adapter adapter, const IteratorLimits& limits,
                             std::function<Clock::time_point()> now)
    : adapter_(std::move(adapter)), limits_(limits), now_(std::move(now)) {}

CosNaming::BindingIterator IteratorTable::open(Snapshot bindings, std::size_t next) {
  auto servant = std::make_shared<BindingIteratorServant>(*this, bindings, next);
  auto iterator = adapter_.activate<CosNaming::BindingIterator>(servant);
  const ObjectId id = reference(iterator).object_id();
  servant->set_id(id);
  for (const auto& ended : add({id, std::move(bindings), now_()})) adapter_.deactivate(ended);
  return iterator;
}

// Those that the new one ends; their objects are ended outside the lock.
std::vector<ObjectId> IteratorTable::add(Entry entry) {
  std::lock_guard lock(mutex_);
  const auto last_used = entry.last_used;
  if (++holders_[entry.bindings.get()] == 1) held_bindings_ += entry.bindings->size();
  const ObjectId id = entry.id;
  by_id_[id] = entries_.insert(entries_.end(), std::move(entry));

  std::vector<ObjectId> ended;
  while (entries_.size() > 1 &&
         (must_shrink() || last_used - entries_.front().last_used > limits_.idle)) {
    ended.push_back(entries_.front().id);
    drop(entries_.begin());
  }
  return ended;
}

bool IteratorTable::must_shrink() const {
  return entries_.size() > limits_.iterators || held_bindings_ > limits_.bindings;
}

void IteratorTable::drop(Entries::iterator entry) {
  const auto holders = holders_.find(entry->bindings.get());
  if (--holders->second == 0) {
    held_bindings_ -= entry->bindings->size();
    holders_.erase(holders);
  }
  by_id_.erase(entry->id);
  entries_.erase(entry);
}

void IteratorTable::touch(const ObjectId& id) {
  std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  found->second->last_used = now_();
  entries_.splice(entries_.end(), entries_, found->second);
}

void IteratorTable::close(const ObjectId& id) {
  {
    std::lock_guard lock(mutex_);
    const auto found = by_id_.find(id);
    if (found != by_id_.end()) drop(found->second);
  }
  adapter_.deactivate(id);
}

std::size_t IteratorTable::size() const {
  std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace corbel::naming_service
