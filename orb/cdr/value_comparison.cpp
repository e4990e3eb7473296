#include <corbel/stub/encoder.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_comparison.hpp>
#include <orb/cdr/value_visitor.hpp>

#include <algorithm>
#include <vector>

namespace corbel::cdr {
namespace {

// Writes what the value says, in one form only, and keeps the types it names apart.
class Essence final : public ValueVisitor {
 public:
  void nothing(const Node&) override {}
  void scalar(const Node&, const Scalar& value) override {
    std::visit([this](const auto& plain) { write(plain); }, value);
  }
  // The type id of a reference may be less derived than the object is.
  void reference(const Node&, std::string_view id, std::uint32_t,
                 std::span<const std::byte> octets) override {
    octets_.write(kReference);
    octets_.write_octets(octets.subspan(4 + id.size() + 1));
  }
  void begin(const Node& type, std::uint64_t parts) override {
    octets_.write(static_cast<std::uint32_t>(type.kind));
    octets_.write(parts);
  }
  void part(std::uint64_t, const Node::Member*) override {}
  void any_type(const TypeCode& type) override { any_types_.push_back(type); }
  void packed(TCKind kind, std::span<const std::byte> octets) override {
    if (kind == TCKind::tk_float) return write_floats<float>(octets);
    if (kind == TCKind::tk_double) return write_floats<double>(octets);
    octets_.write_octets(octets);
  }
  void end(const Node&) override {}
  void null_value(const Node&) override { octets_.write(kNull); }
  void shared_value(const Node&, std::size_t ordinal) override {
    octets_.write(kShared);
    octets_.write(static_cast<std::uint64_t>(ordinal));
  }

  bool operator==(const Essence& other) const {
    const auto equivalent = [](const TypeCode& a, const TypeCode& b) { return a.equivalent(b); };
    return std::ranges::equal(octets_.octets(), other.octets_.octets()) &&
           type_codes_ == other.type_codes_ &&
           std::ranges::equal(any_types_, other.any_types_, equivalent);
  }

 private:
  // No TCKind is like them.
  static constexpr std::uint32_t kReference = 0x80000000;
  static constexpr std::uint32_t kNull = 0x80000001;
  static constexpr std::uint32_t kShared = 0x80000002;

  template <Primitive T>
  void write(T value) {
    if constexpr (std::floating_point<T>) {
      octets_.write(value + T{0});  // -0 is 0
    } else {
      octets_.write(value);
    }
  }
  void write(char16_t value) { octets_.write(static_cast<std::uint16_t>(value)); }
  void write(std::string_view value) { write_string_octets(octets_, value); }
  void write(const std::u16string& value) { octets_.write_wstring(value); }
  void write(const TypeCode& value) { type_codes_.push_back(value); }
  void write(const Binary128& value) {
    const bool is_zero = value.low == 0 && value.high << 1 == 0;
    octets_.write(is_zero ? 0 : value.high);
    octets_.write(value.low);
  }
  template <class T>
  void write_floats(std::span<const std::byte> octets) {
    for (; !octets.empty(); octets = octets.subspan(sizeof(T))) {
      T value;
      std::memcpy(&value, octets.data(), sizeof(T));
      write(value);
    }
  }

  Encoder octets_;
  std::vector<TypeCode> any_types_;
  std::vector<TypeCode> type_codes_;
};

}  // namespace

bool same_value(const TypeCode& left_type, Decoder left, const TypeCode& right_type,
                Decoder right) {
  Essence one;
  Essence other;
  visit(left_type, left, one);
  visit(right_type, right, other);
  return !left.failed() && !right.failed() && one == other;
}

}  // namespace corbel::cdr
