#include "naming-service/context_table.hpp"

#include <string>
#include <utility>

namespace corbel::naming_service {

namespace {

// A binding's node, key and reference objects, roughly: short names are no free lunch.
constexpr std::size_t kBindingOverhead = 192;

std::size_t octets_of(const Target& target) {
  const auto* ref = std::get_if<ObjectRef>(&target);
  if (ref == nullptr) return 0;
  std::size_t octets = ref->type_id().size();
  for (const auto& profile : ref->profiles()) octets += profile.data.size();
  return octets;
}

std::size_t octets_of(const ComponentView& name, const Target& target) {
  return kBindingOverhead + name.id.size() + name.kind.size() + octets_of(target);
}

Failure full(const char* what, std::size_t limit) {
  return {.reason = Failure::Reason::full,
          .message =
              std::string("the naming service is full: at most ") + std::to_string(limit) + what};
}

Failure too_large(const char* what, std::size_t size, std::size_t limit) {
  return {.reason = Failure::Reason::too_large,
          .message = std::string(what) + " has " + std::to_string(size) + " octets, at most " +
                     std::to_string(limit) + " are allowed"};
}

}  // namespace

const Binding* Context::find(const ComponentView& name) const {
  const auto found = bindings_.find(name);
  return found == bindings_.end() ? nullptr : &found->second;
}

void Context::put(const ComponentView& name, Binding binding) {
  const auto found = bindings_.find(name);
  if (found != bindings_.end()) {
    found->second = std::move(binding);
  } else {
    bindings_.emplace(NameComponent{std::string(name.id), std::string(name.kind)},
                      std::move(binding));
  }
  snapshot_.reset();
}

void Context::remove(const ComponentView& name) {
  const auto found = bindings_.find(name);
  if (found == bindings_.end()) return;
  bindings_.erase(found);
  snapshot_.reset();
}

Snapshot Context::snapshot() const {
  std::lock_guard lock(snapshot_mutex_);
  if (auto shared = snapshot_.lock()) return shared;
  auto listed = std::make_shared<std::vector<ListedBinding>>();
  listed->reserve(bindings_.size());
  for (const auto& [name, binding] : bindings_) listed->push_back({name, binding.kind});
  snapshot_ = listed;
  return listed;
}

Context* ContextTable::find(ContextId id) {
  const auto found = contexts_.find(id.value);
  return found == contexts_.end() ? nullptr : &found->second;
}

const Context* ContextTable::find(ContextId id) const {
  const auto found = contexts_.find(id.value);
  return found == contexts_.end() ? nullptr : &found->second;
}

std::optional<Failure> ContextTable::check_new_context() const {
  if (contexts_.size() >= limits_.contexts) return full(" contexts", limits_.contexts);
  return std::nullopt;
}

std::optional<Failure> ContextTable::check_put(const Context& context, const ComponentView& name,
                                               const Target& target) const {
  const std::size_t name_octets = name.id.size() + name.kind.size();
  if (name_octets > limits_.component_octets) {
    return too_large("a name component", name_octets, limits_.component_octets);
  }
  if (octets_of(target) > limits_.reference_octets) {
    return too_large("a reference", octets_of(target), limits_.reference_octets);
  }
  const Binding* replaced = context.find(name);
  if (replaced == nullptr) {
    if (bindings_ >= limits_.bindings) return full(" names", limits_.bindings);
    if (context.size() >= limits_.bindings_per_context) {
      return full(" names in one context", limits_.bindings_per_context);
    }
  }
  const std::size_t given_back = replaced == nullptr ? 0 : octets_of(name, replaced->target);
  if (octets_ - given_back + octets_of(name, target) > limits_.octets) {
    return full(" octets of names and references", limits_.octets);
  }
  return std::nullopt;
}

void ContextTable::apply(const Mutation& change) {
  if (const auto* created = std::get_if<ContextCreated>(&change)) {
    contexts_.try_emplace(created->context.value);
  } else if (const auto* destroyed = std::get_if<ContextDestroyed>(&change)) {
    contexts_.erase(destroyed->context.value);
  } else if (const auto* bound = std::get_if<Bound>(&change)) {
    put(*bound);
  } else {
    remove(std::get<Unbound>(change));
  }
}

void ContextTable::put(const Bound& change) {
  Context* context = find(change.context);
  if (context == nullptr) return;
  if (const Binding* replaced = context->find(change.name)) {
    octets_ -= octets_of(change.name, replaced->target);
  } else {
    ++bindings_;
  }
  octets_ += octets_of(change.name, *change.target);
  context->put(change.name, {change.kind, *change.target});
}

void ContextTable::remove(const Unbound& change) {
  Context* context = find(change.context);
  const Binding* removed = context == nullptr ? nullptr : context->find(change.name);
  if (removed == nullptr) return;
  octets_ -= octets_of(change.name, removed->target);
  --bindings_;
  context->remove(change.name);
}

}  // namespace corbel::naming_service
