#pragma once

#include "naming-service/name_types.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <variant>

namespace corbel::naming_service {

// One change of the tree, as it is written down. Texts and targets are lent for the call.
struct ContextCreated {
  ContextId context;
};
struct ContextDestroyed {
  ContextId context;
};
/// Binds or replaces.
struct Bound {
  ContextId context;
  ComponentView name;
  BindingKind kind;
  const Target* target;
};
struct Unbound {
  ContextId context;
  ComponentView name;
};
using Mutation = std::variant<ContextCreated, ContextDestroyed, Bound, Unbound>;

/// Where changes of the tree outlive the process. The tree itself is always in memory.
class Store {
 public:
  /// Place in the sequence of appended changes.
  using Position = std::uint64_t;

  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// Hands over, in order, changes that lead to the state last committed. Once, before all else.
  /// Throws PersistStore when the store cannot be read.
  virtual void replay(const std::function<void(const Mutation&)>& apply) = 0;

  /// Takes changes that survive a crash together or not at all. Called in the order of the changes,
  /// by one thread at a time, under the tree's lock: puts them in line and returns, without I/O.
  /// Throws PersistStore to refuse them; the tree then stays as it is.
  virtual Position append(std::span<const Mutation> changes) = 0;

  /// Returns once everything up to `position` is durable. Called by many threads at once, outside
  /// the tree's lock, so that one write serves all who wait (group commit). Throws PersistStore
  /// with Completion::maybe when writing fails; from then on append refuses.
  virtual void commit(Position position) = 0;
};

}  // namespace corbel::naming_service
