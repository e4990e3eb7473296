#include "naming-service/contexts.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace corbel::naming_service {

namespace {

constexpr const char* kRootKey = "NameService";

ObjectId object_id(ContextId id) { return ObjectId(std::to_string(id.value)); }

/// Only what object_id() makes: digits without leading zeros.
std::optional<ContextId> context_id(const ObjectId& id) {
  const auto text = id.octets();
  ContextId context;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), context.value);
  if (error != std::errc() || end != text.data() + text.size() || object_id(context) != id)
    return std::nullopt;
  return context;
}

}  // namespace

void Contexts::activate_root(std::shared_ptr<CosNaming::NamingContextExt::Servant> servant) {
  root_ = adapter_.activate_well_known<CosNaming::NamingContextExt>(kRootKey, std::move(servant));
}

void Contexts::activate(ContextId id,
                        std::shared_ptr<CosNaming::NamingContextExt::Servant> servant) {
  adapter_.activate<CosNaming::NamingContextExt>(object_id(id), std::move(servant));
}

void Contexts::deactivate(ContextId id) { adapter_.deactivate(object_id(id)); }

CosNaming::NamingContextExt Contexts::reference_to(ContextId id) const {
  if (id == kRootContext) return root_;
  return adapter_.make_reference<CosNaming::NamingContextExt>(object_id(id));
}

Object Contexts::object_of(const Target& target) const {
  if (const auto* id = std::get_if<ContextId>(&target)) return reference_to(*id);
  return orb_.object(std::get<ObjectRef>(target));
}

Target Contexts::target_of(const Object& object) const {
  ObjectRef ref = reference(object);
  if (ref.timestamp() == adapter_.timestamp() && ref.adapter_name() == adapter_.name()) {
    if (const auto id = context_id(ref.object_id())) return *id;
  }
  if (object == root_) return kRootContext;
  return ref;
}

}  // namespace corbel::naming_service
