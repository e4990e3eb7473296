#include <corbel/any.hpp>
#include <orb/cdr/value_text.hpp>
#include <orb/cdr/value_visitor.hpp>

#include <cstring>
#include <ostream>

namespace corbel {
namespace {

using enum TCKind;
using cdr::ValueVisitor;

constexpr std::uint64_t kMostElements = 32;
constexpr std::size_t kMostText = 256;
constexpr std::uint64_t kMostOctets = 64;

class Printer final : public ValueVisitor {
 public:
  explicit Printer(std::size_t limit) : limit_(limit) {}

  std::string take() && {
    if (out_.size() > limit_) {
      out_.resize(cdr::utf8_cut(out_, limit_));
      out_.append("...");
    }
    return std::move(out_);
  }

  void nothing(const Node&) override { put("null"); }
  void scalar(const Node& type, const Scalar& value) override {
    if (is_muted()) return;
    if (!scopes_.empty() && scopes_.back().is_any) put(name_of(type) + " ");
    std::visit([&](const auto& plain) { print(type, plain); }, value);
  }
  void reference(const Node&, std::string_view id, std::uint32_t profiles,
                 std::span<const std::byte>) override {
    if (profiles == 0) return put("nil");
    put("<" + (id.empty() ? "Object" : detail::scoped_name(id, {})) + ">");
  }

  void begin(const Node& type, std::uint64_t parts) override;
  void part(std::uint64_t index, const Node::Member* member) override;
  void any_type(const TypeCode&) override {}
  void packed(TCKind kind, std::span<const std::byte> octets) override;
  void end(const Node& type) override;
  void null_value(const Node&) override { put("null"); }
  void shared_value(const Node& type, std::size_t ordinal) override;
  bool wants_more() const override { return out_.size() <= limit_; }

 private:
  struct Scope {
    std::uint64_t parts;
    bool is_any;
    bool is_muted;  // around it already, or its elements beyond the last one shown
    bool was_muted;
    std::uint64_t shown = 0;  // packed elements
  };

  bool is_muted() const { return !scopes_.empty() && scopes_.back().is_muted; }
  void put(std::string_view text) {
    if (!is_muted()) out_.append(text);
  }
  // Needs no more than the node, which the walk keeps alive.
  static std::string name_of(const Node& type) {
    return TypeCode(std::shared_ptr<const Node>(std::shared_ptr<const Node>(), &type)).to_string();
  }

  template <class T>
  void print(const Node& type, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      out_.append(value ? "true" : "false");
    } else if constexpr (std::is_same_v<T, char>) {
      print_character(std::string_view(&value, 1));
    } else if constexpr (std::is_same_v<T, char16_t>) {
      print_character(cdr::utf16_to_utf8(std::u16string_view(&value, 1)));
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      out_.append(type.kind == tk_enum ? type.members[value].name : std::to_string(value));
    } else if constexpr (std::is_integral_v<T>) {
      type.kind == tk_boolean ? out_.append(value != 0 ? "true" : "false")
                              : out_.append(std::to_string(value));
    } else if constexpr (std::is_floating_point_v<T>) {
      out_.append(cdr::number_text(value));
    } else if constexpr (std::is_same_v<T, cdr::Binary128>) {
      out_.append(cdr::number_text(cdr::from_binary128(value)));
    } else if constexpr (std::is_same_v<T, std::string_view>) {
      type.kind == tk_fixed ? void(out_.append(value)) : print_text(value);
    } else if constexpr (std::is_same_v<T, std::u16string>) {
      print_text(cdr::utf16_to_utf8(value));
    } else {
      out_.append(value.to_string());
    }
  }
  void print_character(std::string_view character) {
    out_.push_back('\'');
    cdr::append_escaped(out_, character, '\'');
    out_.push_back('\'');
  }
  void print_text(std::string_view text) {
    const auto shown = cdr::utf8_cut(text, kMostText);
    out_.push_back('"');
    cdr::append_escaped(out_, text.substr(0, shown), '"');
    out_.push_back('"');
    if (shown < text.size()) out_.append("... (" + std::to_string(text.size()) + " octets)");
  }
  template <class T>
  void print_packed(TCKind kind, std::span<const std::byte> octets);
  void print_octets(std::span<const std::byte> octets, Scope& scope);

  bool is_named_here() const { return scopes_.empty() || scopes_.back().is_any; }

  std::size_t limit_;
  std::string out_;
  std::vector<Scope> scopes_;
  std::vector<std::size_t> values_;  // where the mark of each valuetype would stand in the text
};

const char* brackets(const detail::TypeCodeNode& type) {
  switch (type.kind) {
    case tk_sequence:
    case tk_array:
    case tk_Principal:
      return "[]";
    case tk_any:
    case tk_value_box:
      return "()";
    default:
      return "{}";
  }
}

bool holds_octets(const detail::TypeCodeNode& type) {
  return type.kind == tk_Principal || ((type.kind == tk_sequence || type.kind == tk_array) &&
                                       detail::strip_aliases(*type.content).kind == tk_octet);
}

void Printer::begin(const Node& type, std::uint64_t parts) {
  const bool is_value = type.kind == tk_value || type.kind == tk_value_box;
  const bool has_name = type.kind != tk_sequence && type.kind != tk_array && type.kind != tk_any &&
                        type.kind != tk_Principal;
  if (type.kind == tk_any) put("any");
  const bool is_list = !has_name && type.kind != tk_any;
  if (is_list && !scopes_.empty() && scopes_.back().is_any) put(name_of(type) + " ");
  if (has_name && (is_named_here() || is_value)) put(detail::scoped_name(type.id, type.name));
  if (is_value) values_.push_back(out_.size());
  const bool muted = is_muted();
  if (!holds_octets(type)) put(std::string_view(brackets(type), 1));
  scopes_.push_back({parts, type.kind == tk_any, muted, muted});
}

void Printer::part(std::uint64_t index, const Node::Member* member) {
  Scope& scope = scopes_.back();
  if (member == nullptr && index >= kMostElements) {
    if (index == kMostElements) put(", ... (" + std::to_string(scope.parts) + " in all)");
    scope.is_muted = true;
    return;
  }
  if (index != 0) put(", ");
  if (member != nullptr) put(member->name + ": ");
}

void Printer::end(const Node& type) {
  Scope& scope = scopes_.back();
  scope.is_muted = scope.was_muted;
  if (holds_octets(type)) {
    if (scope.parts == 0) put("[]");
  } else {
    put(std::string_view(brackets(type) + 1, 1));
  }
  scopes_.pop_back();
}

void Printer::shared_value(const Node& type, std::size_t ordinal) {
  if (is_muted() || ordinal >= values_.size()) return;
  const std::string mark = "#" + std::to_string(ordinal + 1);
  const std::size_t at = values_[ordinal];
  if (out_.compare(at, mark.size(), mark) != 0) {
    out_.insert(at, mark);
    for (std::size_t i = ordinal + 1; i < values_.size(); ++i) values_[i] += mark.size();
  }
  put(detail::scoped_name(type.id, type.name) + mark);
}

template <class T>
void Printer::print_packed(TCKind kind, std::span<const std::byte> octets) {
  const Node& type = *detail::basic_node(kind);
  Scope& scope = scopes_.back();
  for (; !octets.empty(); octets = octets.subspan(sizeof(T))) {
    if (scope.shown == kMostElements) {
      put(", ... (" + std::to_string(scope.parts) + " in all)");
    }
    if (scope.shown++ >= kMostElements) return;
    if (scope.shown != 1) put(", ");
    T value;
    std::memcpy(&value, octets.data(), sizeof(T));
    if (!is_muted()) print(type, value);
  }
}

void Printer::print_octets(std::span<const std::byte> octets, Scope& scope) {
  static constexpr char kDigits[] = "0123456789abcdef";
  if (scope.shown == 0) put("0x");
  for (const std::byte octet : octets) {
    if (scope.shown++ == kMostOctets) put("... (" + std::to_string(scope.parts) + " octets)");
    if (scope.shown > kMostOctets) return;
    const auto number = std::to_integer<unsigned>(octet);
    const char text[] = {kDigits[number >> 4], kDigits[number & 15]};
    put(std::string_view(text, 2));
  }
}

void Printer::packed(TCKind kind, std::span<const std::byte> octets) {
  if (scopes_.empty() || is_muted()) return;
  switch (kind) {
    case tk_boolean:
      return print_packed<std::uint8_t>(kind, octets);
    case tk_char:
      return print_packed<char>(kind, octets);
    case tk_octet:
      return print_octets(octets, scopes_.back());
    case tk_short:
      return print_packed<std::int16_t>(kind, octets);
    case tk_ushort:
      return print_packed<std::uint16_t>(kind, octets);
    case tk_long:
      return print_packed<std::int32_t>(kind, octets);
    case tk_ulong:
      return print_packed<std::uint32_t>(kind, octets);
    case tk_float:
      return print_packed<float>(kind, octets);
    case tk_longlong:
      return print_packed<std::int64_t>(kind, octets);
    case tk_ulonglong:
      return print_packed<std::uint64_t>(kind, octets);
    default:
      return print_packed<double>(kind, octets);
  }
}

}  // namespace

namespace stub {

std::string print_value(const TypeCode& type, std::span<const std::byte> octets,
                        std::size_t limit) {
  Printer printer(limit);
  cdr::Decoder value(octets, {}, cdr::kOwnOctets);
  cdr::visit(type, value, printer);
  std::string text = std::move(printer).take();
  if (value.failed()) text.append(" <broken: ").append(value.failure()).append(">");
  return text;
}

}  // namespace stub

std::string to_string(const Any& any, std::size_t limit) {
  return stub::print_value(any.type(), any.octets(), limit);
}

std::ostream& operator<<(std::ostream& out, const Any& any) { return out << to_string(any); }

std::ostream& operator<<(std::ostream& out, const TypeCode& type) {
  return out << type.to_string();
}

}  // namespace corbel
