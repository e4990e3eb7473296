#include <corbel/stub/decoder.hpp>
#include <orb/cdr/typecode_node.hpp>
#include <orb/cdr/value_tags.hpp>

#include <algorithm>

namespace corbel {
namespace {

using detail::strip_aliases;
using detail::TypeCodeArena;
using detail::TypeCodeNode;
using enum TCKind;

constexpr std::size_t kArenaMemory = 1024;  // what an arena takes before its first node's parts

class TypeCodeReader {
 public:
  TypeCode read_outermost(cdr::Decoder& decoder) {
    const TypeCodeNode* node = read(decoder, 1);
    if (node == nullptr || decoder.failed()) return {};
    if (arena_ == nullptr) return TypeCode(node->kind);  // nothing but a kind
    return detail::share(std::move(arena_), *node);
  }

 private:
  struct Start {
    std::size_t position;  // of the TCKind
    const TypeCodeNode* node;
    unsigned height;  // levels below it, or kOpen
  };
  static constexpr unsigned kOpen = ~0u;

  // The result is null after a failure. `height` receives the levels of the type.
  const TypeCodeNode* read(cdr::Decoder& decoder, unsigned depth, unsigned* height = nullptr) {
    if (depth > decoder.limits().type_code_depth) decoder.fail("TypeCode nests too deeply");
    decoder.align(4);
    const std::size_t position = decoder.position();
    const auto kind = decoder.read<std::uint32_t>();
    if (decoder.failed()) return nullptr;
    if (kind == cdr::kIndirectionTag) return read_indirection(decoder, depth, height);
    if (kind > static_cast<std::uint32_t>(tk_local_interface)) {
      decoder.fail("TypeCode of unknown kind");
      return nullptr;
    }
    if (height != nullptr) *height = 1;
    return read_kind(decoder, static_cast<TCKind>(kind), position, depth, height);
  }

  const TypeCodeNode* read_kind(cdr::Decoder& decoder, TCKind kind, std::size_t position,
                                unsigned depth, unsigned* height) {
    const TypeCodeNode* basic = detail::basic_node(kind);
    if (basic != nullptr && kind != tk_string && kind != tk_wstring) return basic;
    if (basic != nullptr) {
      const auto bound = decoder.read<std::uint32_t>();
      if (bound == 0) return basic;
      TypeCodeNode* node = make(decoder, kind);
      if (node != nullptr) node->length = bound;
      return node;
    }
    TypeCodeNode* node = make(decoder, kind);
    if (node == nullptr) return nullptr;
    if (kind == tk_fixed) {
      read_fixed(decoder, *node);
    } else {
      const std::size_t start = starts_.size();
      starts_.push_back({position, node, kOpen});
      open_.push_back(node);
      cdr::Decoder nested = decoder.read_encapsulation();
      const unsigned levels = 1 + read_parameters(nested, *node, depth);
      decoder.absorb(nested);
      starts_[start].height = levels;
      open_.pop_back();
      if (height != nullptr) *height = levels;
    }
    if (decoder.failed()) return nullptr;
    detail::finish(*node);
    return node;
  }

  TypeCodeNode* make(cdr::Decoder& decoder, TCKind kind) {
    if (!decoder.claim(sizeof(TypeCodeNode) + (arena_ == nullptr ? kArenaMemory : 0), 1))
      return nullptr;
    if (arena_ == nullptr) arena_ = std::make_shared<TypeCodeArena>();
    return &arena_->make(kind);
  }

  // Only backward, aligned, to where a TypeCode of this outermost one starts. A type that is still
  // being read may only be met again where its values end somewhere: inside a constructed type.
  const TypeCodeNode* read_indirection(cdr::Decoder& decoder, unsigned depth, unsigned* height) {
    const auto from = static_cast<std::int64_t>(decoder.position());
    const std::int64_t target = from + decoder.read<std::int32_t>();
    const auto found = std::lower_bound(
        starts_.begin(), starts_.end(), target, [](const Start& start, std::int64_t position) {
          return static_cast<std::int64_t>(start.position) < position;
        });
    if (decoder.failed()) return nullptr;
    if (found == starts_.end() || static_cast<std::int64_t>(found->position) != target) {
      decoder.fail("TypeCode indirection to where no TypeCode starts");
      return nullptr;
    }
    const bool is_open = found->height == kOpen;
    if (is_open && !may_contain_itself(found->node->kind)) {
      decoder.fail("TypeCode of a type that consists of itself");
      return nullptr;
    }
    const unsigned levels = is_open ? 1 : found->height;
    if (depth + levels - 1 > decoder.limits().type_code_depth)
      decoder.fail("TypeCode nests too deeply");
    if (height != nullptr) *height = levels;
    return decoder.failed() ? nullptr : found->node;
  }

  static bool may_contain_itself(TCKind kind) {
    return kind == tk_struct || kind == tk_union || kind == tk_except || kind == tk_value;
  }
  bool is_open(const TypeCodeNode* node) const {
    return std::find(open_.begin(), open_.end(), node) != open_.end();
  }

  static void read_fixed(cdr::Decoder& decoder, TypeCodeNode& node) {
    node.digits = decoder.read<std::uint16_t>();
    node.scale = decoder.read<std::int16_t>();
    if (node.digits == 0 || node.digits > 31)
      decoder.fail("fixed of neither 1 nor up to 31 digits");
  }

  static std::string read_name(cdr::Decoder& decoder) {
    const auto text = decoder.read_string_view();
    return decoder.claim(text.size(), 0) ? std::string(text) : std::string();
  }

  // Returns the levels below.
  unsigned read_parameters(cdr::Decoder& nested, TypeCodeNode& node, unsigned depth) {
    if (node.kind != tk_sequence && node.kind != tk_array) {
      node.id = read_name(nested);
      node.name = read_name(nested);
    }
    if (node.kind == tk_value) node.modifier = nested.read<std::int16_t>();
    unsigned below = 0;
    if (has_content(node.kind)) node.content = read(nested, depth + 1, &below);
    if (node.content == nullptr && has_content(node.kind)) return 0;
    check_content(nested, node);
    if (node.kind == tk_sequence || node.kind == tk_array)
      node.length = nested.read<std::uint32_t>();
    if (node.kind == tk_union) node.default_index = nested.read<std::int32_t>();
    if (may_contain_itself(node.kind) || node.kind == tk_enum) {
      below = std::max(below, read_members(nested, node, depth));
    }
    return below;
  }

  static bool has_content(TCKind kind) {
    return kind == tk_sequence || kind == tk_array || kind == tk_alias || kind == tk_value_box ||
           kind == tk_union || kind == tk_value;
  }

  void check_content(cdr::Decoder& nested, TypeCodeNode& node) {
    if (nested.failed()) return;
    if (node.kind == tk_union && !detail::is_discriminator(strip_aliases(*node.content).kind)) {
      nested.fail("TypeCode of a union whose discriminator is no discrete type");
    }
    if (node.kind == tk_value) {
      node.content = &strip_aliases(*node.content);
      const TCKind base = node.content->kind;
      if ((base != tk_null && base != tk_value) || is_open(node.content)) {
        nested.fail("TypeCode of a valuetype whose base is no other valuetype");
      }
    }
  }

  unsigned read_members(cdr::Decoder& nested, TypeCodeNode& node, unsigned depth) {
    const std::size_t smallest = node.kind == tk_enum ? 4 : 8;
    const auto count = nested.read_count(smallest, sizeof(TypeCodeNode::Member));
    if (node.kind == tk_union &&
        (node.default_index < -1 || node.default_index >= static_cast<std::int64_t>(count))) {
      nested.fail("TypeCode of a union whose default index names no member");
    }
    unsigned below = 0;
    node.members.reserve(nested.failed() ? 0 : count);
    for (std::uint32_t i = 0; i < count && !nested.failed(); ++i) {
      TypeCodeNode::Member member;
      if (node.kind == tk_union) {
        const bool is_default = static_cast<std::int64_t>(i) == node.default_index;
        member.label = read_label(nested, strip_aliases(*node.content), is_default);
      }
      member.name = read_name(nested);
      unsigned levels = 0;
      member.type =
          node.kind == tk_enum ? detail::basic_node(tk_void) : read(nested, depth + 1, &levels);
      if (member.type == nullptr) return 0;
      if (node.kind == tk_value) member.visibility = nested.read<std::int16_t>();
      below = std::max(below, levels);
      node.members.push_back(std::move(member));
    }
    return below;
  }

  // The default member's label has the type of a label but no meaning, so any octets will do there.
  static std::int64_t read_label(cdr::Decoder& nested, const TypeCodeNode& type, bool is_default) {
    switch (type.kind) {
      case tk_boolean: {
        const auto label = nested.read<std::uint8_t>();
        if (label > 1 && !is_default) nested.fail("boolean is neither 0 nor 1");
        return label;
      }
      case tk_char:
      case tk_octet:
        return nested.read<std::uint8_t>();
      case tk_wchar:
        return nested.read_wchar();
      case tk_short:
        return nested.read<std::int16_t>();
      case tk_ushort:
        return nested.read<std::uint16_t>();
      case tk_long:
        return nested.read<std::int32_t>();
      case tk_ulong:
        return nested.read<std::uint32_t>();
      case tk_enum: {
        const auto label = nested.read<std::uint32_t>();
        if (label >= type.members.size() && !is_default) nested.fail("enum value out of range");
        return label;
      }
      default:
        return nested.read<std::int64_t>();
    }
  }

  std::shared_ptr<TypeCodeArena> arena_;
  std::vector<Start> starts_;              // in order of position
  std::vector<const TypeCodeNode*> open_;  // being read, outermost first
};

}  // namespace

TypeCode TypeCode::decode(cdr::Decoder& decoder) {
  return TypeCodeReader().read_outermost(decoder);
}

}  // namespace corbel
