#include <corbel/exceptions.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <algorithm>
#include <unordered_map>

namespace corbel {
namespace {

using detail::finish;
using detail::kPlaceholder;
using detail::share;
using detail::TypeCodeArena;
using detail::TypeCodeNode;

// Puts the parts of a new type into its arena. Parts that wait for the new type (recursive() with
// its id) are copied with the waiting end tied to it; all others are shared.
class Assembly {
 public:
  explicit Assembly(TCKind kind)
      : arena_(std::make_shared<TypeCodeArena>()), root_(arena_->make(kind)) {}

  TypeCodeNode& root() { return root_; }

  const TypeCodeNode* part(const TypeCode& type) {
    arena_->parts.push_back(type.node());
    const TypeCodeNode* node = type.node().get();
    return node->has_placeholder ? tied(*node) : node;
  }

  TypeCode done() {
    // All at once: a part may point to the root before the root is complete.
    for (TypeCodeNode* copy : copies_) copy->has_placeholder = still_waits_;
    root_.has_placeholder = still_waits_;
    finish(root_);
    return share(std::move(arena_), root_);
  }

 private:
  const TypeCodeNode* tied(const TypeCodeNode& node) {
    if (!node.has_placeholder) return &node;
    if (node.kind == kPlaceholder) {
      if (!root_.id.empty() && node.id == root_.id) return &root_;
      still_waits_ = true;
      return &node;
    }
    if (const auto known = copied_.find(&node); known != copied_.end()) return known->second;
    TypeCodeNode& copy = arena_->make(node.kind);
    copied_.emplace(&node, &copy);
    copies_.push_back(&copy);
    copy = node;
    if (copy.content != nullptr) copy.content = tied(*node.content);
    for (auto& member : copy.members) member.type = tied(*member.type);
    return &copy;
  }

  std::shared_ptr<TypeCodeArena> arena_;
  TypeCodeNode& root_;
  std::unordered_map<const TypeCodeNode*, TypeCodeNode*> copied_;
  std::vector<TypeCodeNode*> copies_;
  bool still_waits_ = false;
};

TypeCode with_members(TCKind kind, std::string id, std::string name,
                      std::vector<TypeCode::NamedType> members) {
  Assembly assembly(kind);
  TypeCodeNode& root = assembly.root();
  root.id = std::move(id);
  root.name = std::move(name);
  root.members.reserve(members.size());
  for (auto& member : members) {
    const TypeCodeNode* type = assembly.part(member.type);
    root.members.push_back({std::move(member.name), type, 0, member.visibility});
  }
  return assembly.done();
}

TypeCode named(TCKind kind, std::string id, std::string name) {
  return with_members(kind, std::move(id), std::move(name), {});
}

TypeCode with_content(TCKind kind, std::string id, std::string name, const TypeCode& content,
                      std::uint32_t length) {
  Assembly assembly(kind);
  assembly.root().id = std::move(id);
  assembly.root().name = std::move(name);
  assembly.root().length = length;
  assembly.root().content = assembly.part(content);
  return assembly.done();
}

TypeCode bounded(TCKind kind, std::uint32_t bound) {
  if (bound == 0) return TypeCode(kind);
  Assembly assembly(kind);
  assembly.root().length = bound;
  return assembly.done();
}

}  // namespace

TypeCode::TypeCode() : TypeCode(TCKind::tk_null) {}

// Basic nodes live for ever, so nobody counts their references.
TypeCode::TypeCode(TCKind kind)
    : node_(std::shared_ptr<const TypeCodeNode>(), detail::basic_node(kind)) {
  if (node_ == nullptr)
    throw BadParam("a " + std::string(detail::kind_name(kind)) + " needs parameters");
}

TypeCode TypeCode::string(std::uint32_t bound) { return bounded(TCKind::tk_string, bound); }
TypeCode TypeCode::wstring(std::uint32_t bound) { return bounded(TCKind::tk_wstring, bound); }

TypeCode TypeCode::sequence(TypeCode element, std::uint32_t bound) {
  return with_content(TCKind::tk_sequence, {}, {}, element, bound);
}
TypeCode TypeCode::array(TypeCode element, std::uint32_t length) {
  return with_content(TCKind::tk_array, {}, {}, element, length);
}
TypeCode TypeCode::alias(std::string id, std::string name, TypeCode original) {
  return with_content(TCKind::tk_alias, std::move(id), std::move(name), original, 0);
}
TypeCode TypeCode::value_box(std::string id, std::string name, TypeCode boxed) {
  return with_content(TCKind::tk_value_box, std::move(id), std::move(name), boxed, 0);
}

TypeCode TypeCode::enumeration(std::string id, std::string name, std::vector<std::string> labels) {
  std::vector<NamedType> members;
  members.reserve(labels.size());
  for (auto& label : labels) members.push_back({std::move(label), TypeCode(TCKind::tk_void), 1});
  return with_members(TCKind::tk_enum, std::move(id), std::move(name), std::move(members));
}
TypeCode TypeCode::structure(std::string id, std::string name, std::vector<NamedType> members) {
  return with_members(TCKind::tk_struct, std::move(id), std::move(name), std::move(members));
}
TypeCode TypeCode::exception(std::string id, std::string name, std::vector<NamedType> members) {
  return with_members(TCKind::tk_except, std::move(id), std::move(name), std::move(members));
}
TypeCode TypeCode::interface(std::string id, std::string name) {
  return named(TCKind::tk_objref, std::move(id), std::move(name));
}
TypeCode TypeCode::local_interface(std::string id, std::string name) {
  return named(TCKind::tk_local_interface, std::move(id), std::move(name));
}
TypeCode TypeCode::abstract_interface(std::string id, std::string name) {
  return named(TCKind::tk_abstract_interface, std::move(id), std::move(name));
}

TypeCode TypeCode::union_(std::string id, std::string name, TypeCode discriminator,
                          std::int32_t default_index, std::vector<UnionMember> members) {
  const TCKind kind = discriminator.unaliased().kind();
  if (!detail::is_discriminator(kind)) {
    throw BadParam("a union's discriminator cannot be a " + std::string(detail::kind_name(kind)));
  }
  if (default_index < -1 || default_index >= static_cast<std::int64_t>(members.size())) {
    throw BadParam("a union's default index names no member");
  }
  Assembly assembly(TCKind::tk_union);
  TypeCodeNode& root = assembly.root();
  root.id = std::move(id);
  root.name = std::move(name);
  root.content = assembly.part(discriminator);
  root.default_index = default_index;
  root.members.reserve(members.size());
  for (auto& member : members) {
    const TypeCodeNode* type = assembly.part(member.type);
    root.members.push_back({std::move(member.name), type, member.label, 1});
  }
  return assembly.done();
}

TypeCode TypeCode::fixed(std::uint16_t digits, std::int16_t scale) {
  if (digits == 0 || digits > 31) throw BadParam("a fixed has 1 to 31 digits");
  Assembly assembly(TCKind::tk_fixed);
  assembly.root().digits = digits;
  assembly.root().scale = scale;
  return assembly.done();
}

TypeCode TypeCode::value(std::string id, std::string name, std::int16_t modifier, TypeCode base,
                         std::vector<NamedType> members) {
  const TCKind base_kind = base.unaliased().kind();
  if (base_kind != TCKind::tk_null && base_kind != TCKind::tk_value) {
    throw BadParam("a valuetype's base must be a valuetype");
  }
  Assembly assembly(TCKind::tk_value);
  TypeCodeNode& root = assembly.root();
  root.id = std::move(id);
  root.name = std::move(name);
  root.modifier = modifier;
  root.content = assembly.part(base.unaliased());
  root.members.reserve(members.size());
  for (auto& member : members) {
    const TypeCodeNode* type = assembly.part(member.type);
    root.members.push_back({std::move(member.name), type, 0, member.visibility});
  }
  return assembly.done();
}

TypeCode TypeCode::recursive(std::string id) {
  if (id.empty()) throw BadParam("a recursive type needs the id of its enclosing type");
  Assembly assembly(kPlaceholder);
  assembly.root().id = std::move(id);
  TypeCode type = assembly.done();
  const_cast<TypeCodeNode*>(type.node().get())->has_placeholder = true;
  return type;
}

}  // namespace corbel
