#include "naming-service/wire_names.hpp"

namespace corbel::naming_service {

namespace {

using CosNaming::NamingContext;

CosNaming::Name rest_of(const CosNaming::Name& name, std::size_t component) {
  const auto from = static_cast<CosNaming::Name::difference_type>(std::min(component, name.size()));
  return {name.begin() + from, name.end()};
}

[[noreturn]] void throw_not_found(NamingContext::NotFoundReason why, const Failure& failure,
                                  const CosNaming::Name& name) {
  throw NamingContext::NotFound(why, rest_of(name, failure.component));
}

}  // namespace

CosNaming::Name to_wire(const std::vector<NameComponent>& name) {
  CosNaming::Name wire;
  wire.reserve(name.size());
  for (const auto& component : name) wire.push_back({component.id, component.kind});
  return wire;
}

std::vector<NameComponent> from_wire(const CosNaming::Name& name) {
  std::vector<NameComponent> plain;
  plain.reserve(name.size());
  for (const auto& component : name) plain.push_back({component.id, component.kind});
  return plain;
}

void throw_failure(const Failure& failure, const CosNaming::Name& name, const Contexts& contexts) {
  using Reason = Failure::Reason;
  using Why = NamingContext::NotFoundReason;
  switch (failure.reason) {
    case Reason::missing_node:
      throw_not_found(Why::missing_node, failure, name);
    case Reason::not_context:
      throw_not_found(Why::not_context, failure, name);
    case Reason::not_object:
      throw_not_found(Why::not_object, failure, name);
    case Reason::cannot_proceed:
      throw NamingContext::CannotProceed(NamingContext(contexts.object_of(failure.elsewhere)),
                                         rest_of(name, failure.component));
    case Reason::already_bound:
      throw NamingContext::AlreadyBound();
    case Reason::not_empty:
      throw NamingContext::NotEmpty();
    case Reason::invalid_name:
      throw NamingContext::InvalidName();
    case Reason::no_such_context:
      throw ObjectNotExist("this naming context was destroyed");
    case Reason::root:
      throw NoPermission("the root naming context cannot be destroyed");
    case Reason::full:
      throw NoResources(failure.message);
    case Reason::too_large:
      break;
  }
  throw ImpLimit(failure.message);
}

}  // namespace corbel::naming_service
