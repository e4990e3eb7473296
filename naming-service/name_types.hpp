#pragma once

#include <corbel/name.hpp>
#include <corbel/reference.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

/// corbel-naming: names and contexts (name_tree), their store, and the CORBA objects around them.
namespace corbel::naming_service {

/// A naming context of this service. Given in ascending order and never again.
struct ContextId {
  std::uint64_t value = 0;
  auto operator<=>(const ContextId&) const = default;
};

/// The context that is there from the start and for ever.
inline constexpr ContextId kRootContext{1};

/// A component lent by the caller: looking a name up copies no text.
struct ComponentView {
  std::string_view id{};
  std::string_view kind{};

  ComponentView() = default;
  ComponentView(std::string_view id_text, std::string_view kind_text)
      : id(id_text), kind(kind_text) {}
  ComponentView(const NameComponent& component)  // NOLINT: the same thing, lent
      : id(component.id), kind(component.kind) {}
  auto operator<=>(const ComponentView&) const = default;
};
using NameView = std::span<const ComponentView>;

/// Whether names may lead on through a binding (CosNaming::BindingType).
enum class BindingKind : std::uint8_t { object, context };

/// What a name is bound to: a context of this service, or a reference to anything elsewhere.
using Target = std::variant<ContextId, ObjectRef>;

}  // namespace corbel::naming_service
