#include <corbel/exceptions.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/typecode_node.hpp>
#include <orb/cdr/value_tags.hpp>

#include <limits>
#include <unordered_map>

namespace corbel {
namespace {

using detail::TypeCodeNode;
using enum TCKind;

// Peers refuse less; this keeps a program's own mistake from the stack.
constexpr unsigned kDeepest = 64;

class TypeCodeWriter {
 public:
  explicit TypeCodeWriter(cdr::Encoder& encoder) : encoder_(encoder) {}

  void write(const TypeCodeNode& node, unsigned depth) {
    if (node.kind == detail::kPlaceholder) {
      throw BadTypecode("the recursive type " + node.id + " stands outside of the type it names");
    }
    if (depth > kDeepest) throw BadTypecode("types nest more than 64 deep");
    if (write_indirection(node)) return;
    write_kind(node);
    switch (node.kind) {
      case tk_string:
      case tk_wstring:
        encoder_.write(node.length);
        break;
      case tk_fixed:
        encoder_.write(node.digits);
        encoder_.write(node.scale);
        break;
      default:
        if (detail::basic_node(node.kind) == nullptr) write_parameters(node, depth);
    }
  }

 private:
  // The types that can contain themselves, and whose repetition could double the size again and
  // again, are written once.
  static bool is_shared(TCKind kind) {
    return kind == tk_struct || kind == tk_union || kind == tk_except || kind == tk_value;
  }

  bool write_indirection(const TypeCodeNode& node) {
    if (!is_shared(node.kind)) return false;
    const auto found = written_.find(&node);
    if (found == written_.end()) return false;
    encoder_.write(cdr::kIndirectionTag);
    const auto offset =
        static_cast<std::int64_t>(found->second) - static_cast<std::int64_t>(encoder_.size());
    if (offset < std::numeric_limits<std::int32_t>::min()) throw ImpLimit("a TypeCode above 2 GiB");
    encoder_.write(static_cast<std::int32_t>(offset));
    return true;
  }

  void write_kind(const TypeCodeNode& node) {
    encoder_.align(4);
    if (is_shared(node.kind)) written_.emplace(&node, encoder_.size());
    encoder_.write(static_cast<std::uint32_t>(node.kind));
  }

  void write_parameters(const TypeCodeNode& node, unsigned depth) {
    const auto scope = encoder_.begin_encapsulation();
    if (node.kind != tk_sequence && node.kind != tk_array) {
      cdr::write_string_octets(encoder_, node.id);
      cdr::write_string_octets(encoder_, node.name);
    }
    if (node.kind == tk_value) encoder_.write(node.modifier);
    if (node.content != nullptr) write(*node.content, depth + 1);
    if (node.kind == tk_sequence || node.kind == tk_array) encoder_.write(node.length);
    if (node.kind == tk_union) encoder_.write(node.default_index);
    if (is_shared(node.kind) || node.kind == tk_enum) write_members(node, depth);
    encoder_.end_encapsulation(scope);
  }

  void write_members(const TypeCodeNode& node, unsigned depth) {
    encoder_.write_count(node.members.size());
    for (std::size_t i = 0; i < node.members.size(); ++i) {
      const auto& member = node.members[i];
      if (node.kind == tk_union) {
        const bool is_default = static_cast<std::int64_t>(i) == node.default_index;
        write_label(detail::strip_aliases(*node.content).kind, is_default ? 0 : member.label);
      }
      cdr::write_string_octets(encoder_, member.name);
      if (node.kind != tk_enum) write(*member.type, depth + 1);
      if (node.kind == tk_value) encoder_.write(member.visibility);
    }
  }

  void write_label(TCKind kind, std::int64_t label) {
    switch (kind) {
      case tk_boolean:
      case tk_char:
      case tk_octet:
        encoder_.write(static_cast<std::uint8_t>(label));
        break;
      case tk_short:
      case tk_ushort:
        encoder_.write(static_cast<std::uint16_t>(label));
        break;
      case tk_wchar:
        encoder_.write(static_cast<char16_t>(label));
        break;
      case tk_longlong:
      case tk_ulonglong:
        encoder_.write(label);
        break;
      default:
        encoder_.write(static_cast<std::uint32_t>(label));
    }
  }

  cdr::Encoder& encoder_;
  std::unordered_map<const TypeCodeNode*, std::size_t> written_;  // where each TCKind stands
};

}  // namespace

void TypeCode::encode(cdr::Encoder& encoder) const {
  if (detail::basic_node(node_->kind) == node_.get() && node_->kind != TCKind::tk_string &&
      node_->kind != TCKind::tk_wstring) {
    encoder.write(static_cast<std::uint32_t>(node_->kind));
    return;
  }
  TypeCodeWriter(encoder).write(*node_, 1);
}

}  // namespace corbel
