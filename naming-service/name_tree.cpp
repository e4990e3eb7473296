#include "naming-service/name_tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace corbel::naming_service {

namespace {

using Reason = Failure::Reason;

Failure failure_at(Reason reason, std::size_t component) {
  return {.reason = reason, .component = component};
}

/// An object is bound where a context is to be rebound, or the other way round.
Failure wrong_kind(BindingKind wanted, std::size_t component) {
  return failure_at(wanted == BindingKind::object ? Reason::not_object : Reason::not_context,
                    component);
}

}  // namespace

NameTree::NameTree(Store& store, const TreeLimits& limits) : store_(store), table_(limits) {
  table_.apply(ContextCreated{kRootContext});
  store_.replay([this](const Mutation& change) {
    if (const auto* created = std::get_if<ContextCreated>(&change)) {
      next_context_ = std::max(next_context_.load(), created->context.value + 1);
    }
    table_.apply(change);
  });
}

// The context that holds (or would hold) the name's last component.
Outcome<NameTree::Place> NameTree::find_place(ContextId from, NameView name) const {
  const Context* contents = table_.find(from);
  if (contents == nullptr) return failure_at(Reason::no_such_context, 0);
  if (name.empty()) return failure_at(Reason::invalid_name, 0);
  return walk({from, contents}, name);
}

Outcome<NameTree::Place> NameTree::walk(Place place, NameView name) const {
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const Binding* binding = place.contents->find(name[i]);
    if (binding == nullptr) return failure_at(Reason::missing_node, i);
    if (binding->kind != BindingKind::context) return failure_at(Reason::not_context, i);
    const auto* id = std::get_if<ContextId>(&binding->target);
    const Context* next = id == nullptr ? nullptr : table_.find(*id);
    if (next == nullptr) {
      return Failure{
          .reason = Reason::cannot_proceed, .component = i + 1, .elsewhere = binding->target};
    }
    place = {*id, next};
  }
  return place;
}

Outcome<Target> NameTree::resolve(ContextId from, NameView name) const {
  std::shared_lock lock(mutex_);
  const auto place = find_place(from, name);
  if (!place) return place.error();
  const Binding* binding = place->contents->find(name.back());
  if (binding == nullptr) return failure_at(Reason::missing_node, name.size() - 1);
  return binding->target;
}

Outcome<void> NameTree::bind(ContextId from, NameView name, BindingKind kind,
                             const Target& target) {
  return put(from, name, kind, target, false);
}

Outcome<void> NameTree::rebind(ContextId from, NameView name, BindingKind kind,
                               const Target& target) {
  return put(from, name, kind, target, true);
}

Outcome<void> NameTree::put(ContextId from, NameView name, BindingKind kind, const Target& target,
                            bool replace) {
  const auto position = put_locked(from, name, kind, target, replace);
  if (!position) return position.error();
  store_.commit(*position);
  return {};
}

Outcome<Store::Position> NameTree::put_locked(ContextId from, NameView name, BindingKind kind,
                                              const Target& target, bool replace) {
  std::unique_lock lock(mutex_);
  const auto place = find_place(from, name);
  if (!place) return place.error();
  const std::size_t last = name.size() - 1;
  if (const Binding* bound = place->contents->find(name[last])) {
    if (!replace) return failure_at(Reason::already_bound, last);
    if (bound->kind != kind) return wrong_kind(kind, last);
  }
  if (auto failure = table_.check_put(*place->contents, name[last], target))
    return *std::move(failure);
  const Mutation change = Bound{place->context, name[last], kind, &target};
  const auto position = store_.append({&change, 1});
  table_.apply(change);
  return position;
}

Outcome<void> NameTree::unbind(ContextId from, NameView name) {
  std::unique_lock lock(mutex_);
  const auto place = find_place(from, name);
  if (!place) return place.error();
  if (place->contents->find(name.back()) == nullptr) {
    return failure_at(Reason::missing_node, name.size() - 1);
  }
  const Mutation change = Unbound{place->context, name.back()};
  const auto position = store_.append({&change, 1});
  table_.apply(change);
  lock.unlock();
  store_.commit(position);
  return {};
}

ContextId NameTree::reserve_context() noexcept { return {next_context_.fetch_add(1)}; }

Outcome<void> NameTree::create_context(ContextId id) {
  std::unique_lock lock(mutex_);
  if (auto failure = table_.check_new_context()) return *std::move(failure);
  const Mutation change = ContextCreated{id};
  const auto position = store_.append({&change, 1});
  table_.apply(change);
  lock.unlock();
  store_.commit(position);
  return {};
}

Outcome<void> NameTree::bind_new_context(ContextId from, NameView name, ContextId id) {
  const auto position = bind_new_locked(from, name, id);
  if (!position) return position.error();
  store_.commit(*position);
  return {};
}

Outcome<Store::Position> NameTree::bind_new_locked(ContextId from, NameView name, ContextId id) {
  std::unique_lock lock(mutex_);
  const auto place = find_place(from, name);
  if (!place) return place.error();
  if (place->contents->find(name.back()) != nullptr) {
    return failure_at(Reason::already_bound, name.size() - 1);
  }
  const Target target = id;
  if (auto failure = table_.check_new_context()) return *std::move(failure);
  if (auto failure = table_.check_put(*place->contents, name.back(), target))
    return *std::move(failure);
  const std::array<Mutation, 2> changes{
      ContextCreated{id}, Bound{place->context, name.back(), BindingKind::context, &target}};
  const auto position = store_.append(changes);
  for (const auto& change : changes) table_.apply(change);
  return position;
}

Outcome<void> NameTree::destroy(ContextId context) {
  std::unique_lock lock(mutex_);
  const Context* contents = table_.find(context);
  if (contents == nullptr) return failure_at(Reason::no_such_context, 0);
  if (!contents->empty()) return failure_at(Reason::not_empty, 0);
  if (context == kRootContext) return failure_at(Reason::root, 0);
  const Mutation change = ContextDestroyed{context};
  const auto position = store_.append({&change, 1});
  table_.apply(change);
  lock.unlock();
  store_.commit(position);
  return {};
}

Outcome<Snapshot> NameTree::list(ContextId context) const {
  std::shared_lock lock(mutex_);
  const Context* contents = table_.find(context);
  if (contents == nullptr) return failure_at(Reason::no_such_context, 0);
  return contents->snapshot();
}

void NameTree::for_each_context(const std::function<void(ContextId)>& visit) const {
  std::shared_lock lock(mutex_);
  for (const auto& [id, context] : table_.contexts()) visit({id});
}

}  // namespace corbel::naming_service
