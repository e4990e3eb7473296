#include <orb/cdr/value_visitor.hpp>
#include <orb/value/dynamic_content.hpp>

namespace corbel {
namespace {

using cdr::ValueVisitor;
using detail::DynamicContent;
using detail::DynamicParts;
using detail::PackedElements;
using detail::PartList;
using detail::TypeCodeNode;
using detail::UnionContent;
using detail::ValueLink;
using detail::ValueState;
using enum TCKind;

// A part costs more memory than it has octets.
constexpr std::size_t kPartMemory = 128;
constexpr cdr::DecodeLimits kTreeLimits{512u << 20, 16'000'000, 1000, 64};

class TreeBuilder final : public ValueVisitor {
 public:
  TreeBuilder(const TypeCode& type, cdr::Decoder& source) : next_(type), source_(source) {}

  DynamicValue take() { return std::move(result_); }

  void nothing(const Node&) override { add(std::monostate()); }
  void scalar(const Node& type, const Scalar& value) override {
    std::visit([&](const auto& plain) { add_scalar(type, plain); }, value);
  }
  void reference(const Node&, std::string_view, std::uint32_t,
                 std::span<const std::byte> octets) override {
    cdr::Decoder decoder(octets);
    auto ref = decode<ObjectRef>(decoder);
    add(detail::Reference{std::move(ref), source_.orb() != nullptr
                                              ? *source_.orb()
                                              : std::weak_ptr<detail::OrbCore>()});
  }

  void begin(const Node& type, std::uint64_t parts) override {
    if (!source_.claim(static_cast<std::size_t>(is_packed(type) ? 0 : parts) * kPartMemory, 0))
      return;
    Frame frame{next_, {}, {}, nullptr, &type};
    if (type.kind == tk_value || type.kind == tk_value_box) {
      frame.state = std::make_shared<ValueState>();
      frame.state->type = part_of(next_, &type);
      states_.push_back({frame.state, true});
      frame.ordinal = states_.size() - 1;
    }
    frames_.push_back(std::move(frame));
  }
  void part(std::uint64_t, const Node::Member* member) override {
    Frame& frame = frames_.back();
    if (member != nullptr) {
      next_ = part_of(frame.type, member->type);
      frame.member = member;
    } else if (frame.node->kind != tk_any) {
      next_ = part_of(frame.type, frame.node->content);
    }
  }
  void any_type(const TypeCode& type) override { next_ = type; }
  void packed(TCKind, std::span<const std::byte> octets) override {
    auto& all = frames_.back().octets;
    if (source_.claim(octets.size(), 0)) all.insert(all.end(), octets.begin(), octets.end());
  }
  void end(const Node& type) override;
  void null_value(const Node& type) override {
    if (type.kind == tk_abstract_interface) return add(detail::Reference{});
    add(ValueLink{});
  }
  void shared_value(const Node&, std::size_t ordinal) override {
    const auto& [state, open] = states_[ordinal];
    // Back to one around it: it must not keep itself alive.
    add(open ? ValueLink{nullptr, state, true} : ValueLink{state, {}, false});
  }

 private:
  struct Frame {
    TypeCode type;  // with its aliases
    std::vector<DynamicValue> parts;
    std::vector<std::byte> octets;
    std::shared_ptr<ValueState> state;
    const Node* node;  // without
    const Node::Member* member = nullptr;
    std::size_t ordinal = 0;
  };
  struct Met {
    std::shared_ptr<ValueState> state;
    bool open;
  };

  static TypeCode part_of(const TypeCode& whole, const TypeCodeNode* part) {
    return TypeCode(std::shared_ptr<const TypeCodeNode>(whole.node(), part));
  }
  static bool is_packed(const Node& type) {
    return type.kind == tk_Principal ||
           ((type.kind == tk_sequence || type.kind == tk_array) &&
            cdr::packed_size(detail::strip_aliases(*type.content).kind) != 0);
  }

  template <class T>
  void add(T&& data) {
    DynamicValue made = DynamicParts::make(next_, std::forward<T>(data));
    if (frames_.empty()) {
      result_ = std::move(made);
    } else {
      frames_.back().parts.push_back(std::move(made));
    }
  }
  template <class T>
  void add_scalar(const Node& type, const T& value) {
    if constexpr (std::is_same_v<T, std::string_view>) {
      if (!source_.claim(value.size(), 0)) return;
      if (type.kind == tk_fixed) return add(detail::Decimal{std::string(value)});
      add(std::string(value));
    } else {
      add(T(value));
    }
  }

  TypeCode next_;
  cdr::Decoder& source_;
  DynamicValue result_;
  std::vector<Frame> frames_;
  std::vector<Met> states_;
};

void TreeBuilder::end(const Node& type) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  next_ = frame.type;
  if (frame.state != nullptr) {
    frame.state->parts = std::move(frame.parts);
    states_[frame.ordinal].open = false;
    return add(ValueLink{frame.state, {}, false});
  }
  if (is_packed(type)) return add(PackedElements{std::move(frame.octets)});
  if (type.kind == tk_union) {
    const auto member =
        frame.member != nullptr ? frame.member - type.members.data() : std::ptrdiff_t{0};
    return add(UnionContent{std::move(frame.parts), static_cast<std::uint32_t>(member)});
  }
  add(PartList{std::move(frame.parts)});
}

}  // namespace

DynamicValue::DynamicValue(const Any& any) : DynamicValue() {
  const auto* orb = any.decoder().orb();
  cdr::Decoder source(any.octets(), {}, kTreeLimits);
  source.set_orb(orb);
  TreeBuilder builder(any.type(), source);
  cdr::visit(any.type(), source, builder);
  source.throw_if_failed("taking an any apart", static_cast<std::uint32_t>(Completion::no));
  *this = builder.take();
}

}  // namespace corbel
