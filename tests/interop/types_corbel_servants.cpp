#include "types_corbel_servants.hpp"

#include "types_corbel_samples.hpp"

#include <chrono>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace interop;

namespace {

template <class T>
T swap_values(const T& a, T& b, T& c) {
  c = std::exchange(b, a);
  return a;
}
template <class T>
std::vector<T> swap_values(std::span<const T> a, std::vector<T>& b, std::vector<T>& c) {
  c = std::exchange(b, std::vector<T>(a.begin(), a.end()));
  return b;
}
template <class C>
std::basic_string<C> swap_texts(std::basic_string_view<C> a, std::basic_string<C>& b,
                                std::basic_string<C>& c) {
  c = std::exchange(b, std::basic_string<C>(a));
  return b;
}

class DiamondServant final : public Diamond::Servant {
 public:
  std::string base_says() override { return "base"; }
  std::string left_says() override { return "left"; }
  std::string right_says() override { return "right"; }
  std::string diamond_says() override { return "diamond"; }
  std::string label() override { return label_; }
  void label(std::string_view value) override { label_ = value; }

 private:
  std::string label_ = "unlabelled";
};

class TypesServant final : public Types::Servant {
 public:
  TypesServant(Types retired, Callback caller, Diamond diamond)
      : retired_(std::move(retired)), caller_(std::move(caller)), diamond_(std::move(diamond)) {}

  bool use_boolean(bool a, bool& b, bool& c) override { return swap_values(a, b, c); }
  std::uint8_t use_octet(std::uint8_t a, std::uint8_t& b, std::uint8_t& c) override {
    return swap_values(a, b, c);
  }
  char use_char(char a, char& b, char& c) override { return swap_values(a, b, c); }
  std::int16_t use_short(std::int16_t a, std::int16_t& b, std::int16_t& c) override {
    return swap_values(a, b, c);
  }
  std::uint16_t use_ushort(std::uint16_t a, std::uint16_t& b, std::uint16_t& c) override {
    return swap_values(a, b, c);
  }
  std::int32_t use_long(std::int32_t a, std::int32_t& b, std::int32_t& c) override {
    return swap_values(a, b, c);
  }
  std::uint32_t use_ulong(std::uint32_t a, std::uint32_t& b, std::uint32_t& c) override {
    return swap_values(a, b, c);
  }
  std::int64_t use_longlong(std::int64_t a, std::int64_t& b, std::int64_t& c) override {
    return swap_values(a, b, c);
  }
  std::uint64_t use_ulonglong(std::uint64_t a, std::uint64_t& b, std::uint64_t& c) override {
    return swap_values(a, b, c);
  }
  float use_float(float a, float& b, float& c) override { return swap_values(a, b, c); }
  double use_double(double a, double& b, double& c) override { return swap_values(a, b, c); }
  Color use_color(Color a, Color& b, Color& c) override { return swap_values(a, b, c); }
  std::string use_string(std::string_view a, std::string& b, std::string& c) override {
    return swap_texts(a, b, c);
  }
  Code use_code(std::string_view a, Code& b, Code& c) override { return swap_texts(a, b, c); }
  corbel::Any use_any(const corbel::Any& a, corbel::Any& b, corbel::Any& c) override {
    return swap_values(a, b, c);
  }
  corbel::Object use_object(const corbel::Object& a, corbel::Object& b,
                            corbel::Object& c) override {
    return swap_values(a, b, c);
  }
  Callback use_callback(const Callback& a, Callback& b, Callback& c) override {
    return swap_values(a, b, c);
  }
  Octets use_octets(std::span<const std::uint8_t> a, Octets& b, Octets& c) override {
    return swap_values(a, b, c);
  }
  Doubles use_doubles(std::span<const double> a, Doubles& b, Doubles& c) override {
    return swap_values(a, b, c);
  }
  ThreeLongs use_three_longs(std::span<const std::int32_t> a, ThreeLongs& b,
                             ThreeLongs& c) override {
    return swap_values(a, b, c);
  }
  Nested use_nested(const Nested& a, Nested& b, Nested& c) override { return swap_values(a, b, c); }
  Flags use_flags(const Flags& a, Flags& b, Flags& c) override { return swap_values(a, b, c); }
  Chars use_chars(const Chars& a, Chars& b, Chars& c) override { return swap_values(a, b, c); }
  Colors use_colors(const Colors& a, Colors& b, Colors& c) override { return swap_values(a, b, c); }
  Anys use_anys(const Anys& a, Anys& b, Anys& c) override { return swap_values(a, b, c); }
  Callbacks use_callbacks(const Callbacks& a, Callbacks& b, Callbacks& c) override {
    return swap_values(a, b, c);
  }
  Matrix use_matrix(const Matrix& a, Matrix& b, Matrix& c) override { return swap_values(a, b, c); }
  TwoCodes use_two_codes(const TwoCodes& a, TwoCodes& b, TwoCodes& c) override {
    return swap_values(a, b, c);
  }
  Basics use_basics(const Basics& a, Basics& b, Basics& c) override { return swap_values(a, b, c); }
  Tree use_tree(const Tree& a, Tree& b, Tree& c) override { return swap_values(a, b, c); }
  Points use_points(const Points& a, Points& b, Points& c) override { return swap_values(a, b, c); }
  Everything use_everything(const Everything& a, Everything& b, Everything& c) override {
    return swap_values(a, b, c);
  }
  char16_t use_wchar(char16_t a, char16_t& b, char16_t& c) override { return swap_values(a, b, c); }
  std::u16string use_wstring(std::u16string_view a, std::u16string& b, std::u16string& c) override {
    return swap_texts(a, b, c);
  }
  WideTexts use_wide_texts(const WideTexts& a, WideTexts& b, WideTexts& c) override {
    return swap_values(a, b, c);
  }

  Everything sample(std::int32_t seed) override { return sample_everything(seed); }
  bool is_sample(std::int32_t seed, const Everything& value) override {
    return value == sample_everything(seed);
  }
  std::string text(std::int32_t which) override { return sample_text(which); }
  bool is_text(std::int32_t which, std::string_view value) override {
    return value == sample_text(which);
  }
  std::u16string wide_text(std::int32_t which) override { return sample_wide_text(which); }
  bool is_wide_text(std::int32_t which, std::u16string_view value) override {
    return value == sample_wide_text(which);
  }

  std::string name() override {
    return locked([&] { return name_; });
  }
  void name(std::string_view value) override {
    locked([&] { name_ = value; });
  }
  Code short_name() override {
    return locked([&] { return short_name_; });
  }
  void short_name(std::string_view value) override {
    locked([&] { short_name_ = value; });
  }
  Octets content() override {
    return locked([&] { return content_; });
  }
  void content(std::span<const std::uint8_t> value) override {
    locked([&] { content_.assign(value.begin(), value.end()); });
  }
  Points path() override { return sample_points(3); }

  void shout(std::int32_t number, std::span<const std::uint8_t> data) override {
    locked([&] { shouted_ = number + static_cast<std::int32_t>(data.size()); });
  }
  std::int32_t shouted() override {
    return locked([&] { return shouted_; });
  }

  void refuse(std::string_view why, std::int32_t code) override {
    if (code == 0) throw Empty();
    throw Refused(std::string(why), code, Color::green, sample_tree(2));
  }
  void fail(std::int32_t which, std::uint32_t completed) override {
    const auto completion = static_cast<corbel::Completion>(completed);
    if (which == 0) throw corbel::NoPermission("as asked", completion, 42);
    if (which == 1) throw corbel::BadParam("as asked", completion, 42);
    throw corbel::ImpLimit("as asked", completion, 42);
  }
  void refuse_undeclared() override { throw Empty(); }
  /// Nobody has to wait with it: a client that gives up is what it is for.
  void wait_for(std::uint32_t milliseconds) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  }

  corbel::Object diamond() override { return diamond_; }
  Types retired() override { return retired_; }
  Callback caller() override { return caller_; }
  std::int32_t visit(const Callback& visitor, std::int32_t times) override {
    std::int32_t sum = 0;
    for (std::int32_t i = 0; i < times; ++i) sum += visitor.bounce(i, caller_);
    return sum;
  }

  Octets echo(std::span<const std::uint8_t> data) override {
    return Octets(data.begin(), data.end());
  }
  std::string echo_text(std::string_view text) override { return std::string(text); }

 private:
  template <class F>
  std::invoke_result_t<F> locked(F work) {
    const std::lock_guard lock(mutex_);
    return work();
  }

  const Types retired_;
  const Callback caller_;
  const Diamond diamond_;
  std::mutex mutex_;
  std::string name_;
  Code short_name_;
  Octets content_;
  std::int32_t shouted_ = 0;
};

}  // namespace

std::int32_t CallbackServant::bounce(std::int32_t depth, const Callback& other) {
  return depth == 0 ? 0 : 1 + other.bounce(depth - 1, self);
}

Callback make_callback(corbel::Adapter& adapter) {
  auto servant = std::make_shared<CallbackServant>();
  const corbel::ObjectId id("callback");
  servant->self = adapter.make_reference<Callback>(id);
  return adapter.activate<Callback>(id, servant);
}

Types make_types(corbel::Adapter& adapter) {
  auto retired = adapter.activate<Types>(std::make_shared<TypesServant>(nullptr, nullptr, nullptr));
  adapter.deactivate(retired);
  auto diamond = adapter.activate<Diamond>(std::make_shared<DiamondServant>());
  return adapter.activate<Types>(
      std::make_shared<TypesServant>(retired, make_callback(adapter), diamond));
}
