#pragma once

#include "naming-service/context_table.hpp"
#include "naming-service/failure.hpp"
#include "naming-service/limits.hpp"
#include "naming-service/store/store.hpp"

#include <atomic>
#include <functional>
#include <shared_mutex>

namespace corbel::naming_service {

/// The graph of naming contexts: what CosNaming::NamingContext does, without CORBA objects and
/// without ever calling what is bound (Naming Service 1.3, 2.1 and 2.2).
///
/// A name is walked from `from` through contexts of this service. Where a context on the way lives
/// elsewhere, or was destroyed while still bound, the walk ends with cannot_proceed.
/// Threads: any; lookups run side by side. A change is committed to the store before its operation
/// returns, outside the lock; others may see it a moment earlier.
class NameTree {
 public:
  /// Loads what the store has; the root context always exists. The store is borrowed.
  NameTree(Store& store, const TreeLimits& limits);

  Outcome<Target> resolve(ContextId from, NameView name) const;

  /// Fails with already_bound when anything has the name.
  Outcome<void> bind(ContextId from, NameView name, BindingKind kind, const Target& target);
  /// Binds or replaces a binding of the same kind; another kind is not_object or not_context.
  Outcome<void> rebind(ContextId from, NameView name, BindingKind kind, const Target& target);
  Outcome<void> unbind(ContextId from, NameView name);

  /// An id for a context yet to be created, so that its object can be made ready before anybody
  /// can find it.
  ContextId reserve_context() noexcept;
  Outcome<void> create_context(ContextId id);
  Outcome<void> bind_new_context(ContextId from, NameView name, ContextId id);
  /// Ends an empty context. Bindings to it stay (Naming Service 1.3, 2.2.4).
  Outcome<void> destroy(ContextId context);

  /// What is bound in the context now, sorted. Shared with others who asked since its last change.
  Outcome<Snapshot> list(ContextId context) const;

  /// Calls `visit` for every context there is. For start-up.
  void for_each_context(const std::function<void(ContextId)>& visit) const;

 private:
  struct Place {
    ContextId context;
    const Context* contents;
  };
  Outcome<Place> find_place(ContextId from, NameView name) const;
  Outcome<Place> walk(Place place, NameView name) const;
  Outcome<void> put(ContextId from, NameView name, BindingKind kind, const Target& target,
                    bool replace);
  Outcome<Store::Position> put_locked(ContextId from, NameView name, BindingKind kind,
                                      const Target& target, bool replace);
  Outcome<Store::Position> bind_new_locked(ContextId from, NameView name, ContextId id);
  void apply(const Mutation& change);

  Store& store_;
  std::atomic<std::uint64_t> next_context_{kRootContext.value + 1};
  mutable std::shared_mutex mutex_;
  ContextTable table_;  // guarded by mutex_
};

}  // namespace corbel::naming_service
