#pragma once

#include "naming-service/failure.hpp"
#include "naming-service/limits.hpp"
#include "naming-service/store/store.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace corbel::naming_service {

struct Binding {
  BindingKind kind = BindingKind::object;
  Target target{};
};

struct ListedBinding {
  NameComponent name{};
  BindingKind kind = BindingKind::object;
};
/// A context's bindings at one moment, sorted by name; immutable.
using Snapshot = std::shared_ptr<const std::vector<ListedBinding>>;

struct NameOrder {
  using is_transparent = void;
  bool operator()(const ComponentView& left, const ComponentView& right) const noexcept {
    return left < right;
  }
};

/// The bindings of one context. Ordered, not hashed: lists come out sorted, and no choice of names
/// makes lookups slow.
class Context {
 public:
  const Binding* find(const ComponentView& name) const;
  std::size_t size() const noexcept { return bindings_.size(); }
  bool empty() const noexcept { return bindings_.empty(); }

  void put(const ComponentView& name, Binding binding);
  void remove(const ComponentView& name);

  /// Threads: any, as long as nobody changes the context.
  Snapshot snapshot() const;

 private:
  std::map<NameComponent, Binding, NameOrder> bindings_;
  mutable std::mutex snapshot_mutex_;
  mutable std::weak_ptr<const std::vector<ListedBinding>> snapshot_;
};

/// All contexts of the service and what they take together. Threads: as a std::map.
class ContextTable {
 public:
  explicit ContextTable(const TreeLimits& limits) : limits_(limits) {}

  Context* find(ContextId id);
  const Context* find(ContextId id) const;
  const std::unordered_map<std::uint64_t, Context>& contexts() const noexcept { return contexts_; }

  /// Whether one more context, or this binding, still fits: a failure that names the limit if not.
  std::optional<Failure> check_new_context() const;
  std::optional<Failure> check_put(const Context& context, const ComponentView& name,
                                   const Target& target) const;

  /// Makes a change that was checked before.
  void apply(const Mutation& change);

 private:
  void put(const Bound& change);
  void remove(const Unbound& change);

  TreeLimits limits_;
  std::unordered_map<std::uint64_t, Context> contexts_;  // our own ascending ids: nothing to flood
  std::size_t bindings_ = 0;
  std::size_t octets_ = 0;
};

}  // namespace corbel::naming_service
