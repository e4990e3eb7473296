#pragma once

#include "naming-service/iterator_table.hpp"

#include <CosNaming.idl.hpp>

#include <mutex>

namespace corbel::naming_service {

/// Copies up to `how_many` bindings from index `next` on, and advances it. Fewer when the reply
/// would grow beyond what peers accept (1 MiB): at least one, as long as there are any.
CosNaming::BindingList take_bindings(const Snapshot& bindings, std::size_t& next,
                                     std::size_t how_many);

/// Gives out a context's bindings, as they were when it was opened, bit by bit.
/// Threads: any; calls that overlap get different bindings.
class BindingIteratorServant final : public CosNaming::BindingIterator::Servant {
 public:
  BindingIteratorServant(IteratorTable& table, Snapshot bindings, std::size_t next)
      : table_(table), bindings_(std::move(bindings)), next_(next) {}

  /// Before anybody has its reference.
  void set_id(ObjectId id) { id_ = std::move(id); }

  bool next_one(CosNaming::Binding& b) override;
  bool next_n(std::uint32_t how_many, CosNaming::BindingList& bl) override;
  void destroy() override { table_.close(id_); }

 private:
  IteratorTable& table_;
  const Snapshot bindings_;
  ObjectId id_;
  std::mutex mutex_;
  std::size_t next_;  // guarded by mutex_
};

}  // namespace corbel::naming_service
