#include <utility>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

/// True if a constant can have this type.
bool has_constants(const Type& type) {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* simple = as<PrimitiveType>(resolved)) {
    return simple->primitive != Primitive::kAny && simple->primitive != Primitive::kObject &&
           simple->primitive != Primitive::kTypeCode && simple->primitive != Primitive::kValueBase;
  }
  const auto* named = as<NamedType>(resolved);
  return as<StringType>(resolved) != nullptr || as<FixedType>(resolved) != nullptr ||
         (named != nullptr && as<Enum>(named->declaration) != nullptr);
}

}  // namespace

void TreeBuilder::begin_part(const Location& begin,
                             const std::vector<syntax::Annotation>& annotations_here) {
  definition_begin_ = begin;
  annotations_ = annotations(annotations_here);
}

std::vector<Annotation> TreeBuilder::annotations(const std::vector<syntax::Annotation>& nodes) {
  std::vector<Annotation> made;
  for (const syntax::Annotation& node : nodes) {
    Annotation& annotation = made.emplace_back();
    annotation.name = to_string(node.name);
    for (const auto& [name, expression] : node.arguments) {
      annotation.parameters.emplace_back(name, constants_.evaluate_untyped(*expression));
    }
  }
  return made;
}

void TreeBuilder::check_default(const std::vector<syntax::Annotation>& nodes, Declaration& member,
                                const Type& type) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const syntax::Annotation& node = nodes[i];
    if (to_string(node.name) != "default") continue;
    if (node.arguments.size() != 1 || node.arguments.front().first != "value") {
      reporter_.error(node.name.location(), "expected one value, as in @default(1)");
    } else if (has_constants(type)) {
      auto value = constants_.evaluate(*node.arguments.front().second, type);
      if (value) member.annotations[i].parameters.front().second = std::move(*value);
    }
  }
}

}  // namespace corbel::idl
