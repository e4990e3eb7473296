#include "types_omni_servants.hpp"

#include "types_omni_samples.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

using namespace interop;

namespace {

template <class T>
T swap_fixed(T a, T& b, T& c) {
  c = std::exchange(b, a);
  return a;
}
template <class T, class Out>
T* swap_variable(const T& a, T& b, Out c) {
  c = new T(b);
  b = a;
  return new T(a);
}
template <class Out>
char* swap_strings(const char* a, char*& b, Out c) {
  c = std::exchange(b, CORBA::string_dup(a));
  return CORBA::string_dup(a);
}
template <class I, class Out>
typename I::_ptr_type swap_references(typename I::_ptr_type a, typename I::_ptr_type& b, Out c) {
  c = std::exchange(b, I::_duplicate(a));
  return I::_duplicate(a);
}

class DiamondServant final : public POA_interop::Diamond {
 public:
  char* base_says() override { return CORBA::string_dup("base"); }
  char* left_says() override { return CORBA::string_dup("left"); }
  char* right_says() override { return CORBA::string_dup("right"); }
  char* diamond_says() override { return CORBA::string_dup("diamond"); }
  char* label() override { return CORBA::string_dup(label_.c_str()); }
  void label(const char* value) override { label_ = value; }

 private:
  std::string label_ = "unlabelled";
};

/// The operations that give their arguments back.
class Swapper : public virtual POA_interop::Types {
 public:
  CORBA::Boolean use_boolean(CORBA::Boolean a, CORBA::Boolean& b, CORBA::Boolean& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Octet use_octet(CORBA::Octet a, CORBA::Octet& b, CORBA::Octet& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Char use_char(CORBA::Char a, CORBA::Char& b, CORBA::Char& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Short use_short(CORBA::Short a, CORBA::Short& b, CORBA::Short& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::UShort use_ushort(CORBA::UShort a, CORBA::UShort& b, CORBA::UShort& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Long use_long(CORBA::Long a, CORBA::Long& b, CORBA::Long& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::ULong use_ulong(CORBA::ULong a, CORBA::ULong& b, CORBA::ULong& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::LongLong use_longlong(CORBA::LongLong a, CORBA::LongLong& b, CORBA::LongLong& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::ULongLong use_ulonglong(CORBA::ULongLong a, CORBA::ULongLong& b,
                                 CORBA::ULongLong& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Float use_float(CORBA::Float a, CORBA::Float& b, CORBA::Float& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::Double use_double(CORBA::Double a, CORBA::Double& b, CORBA::Double& c) override {
    return swap_fixed(a, b, c);
  }
  Color use_color(Color a, Color& b, Color& c) override { return swap_fixed(a, b, c); }
  char* use_string(const char* a, char*& b, CORBA::String_out c) override {
    return swap_strings<CORBA::String_out>(a, b, c);
  }
  char* use_code(const char* a, char*& b, Code_out c) override {
    return swap_strings<Code_out>(a, b, c);
  }
  CORBA::Any* use_any(const CORBA::Any& a, CORBA::Any& b, CORBA::Any_OUT_arg c) override {
    return swap_variable<CORBA::Any, CORBA::Any_OUT_arg>(a, b, c);
  }
  CORBA::Object_ptr use_object(CORBA::Object_ptr a, CORBA::Object_ptr& b,
                               CORBA::Object_out c) override {
    c = std::exchange(b, CORBA::Object::_duplicate(a));
    return CORBA::Object::_duplicate(a);
  }
  Callback_ptr use_callback(Callback_ptr a, Callback_ptr& b, Callback_out c) override {
    return swap_references<Callback, Callback_out>(a, b, c);
  }
  Octets* use_octets(const Octets& a, Octets& b, Octets_out c) override {
    return swap_variable<Octets, Octets_out>(a, b, c);
  }
  Doubles* use_doubles(const Doubles& a, Doubles& b, Doubles_out c) override {
    return swap_variable<Doubles, Doubles_out>(a, b, c);
  }
  ThreeLongs* use_three_longs(const ThreeLongs& a, ThreeLongs& b, ThreeLongs_out c) override {
    return swap_variable<ThreeLongs, ThreeLongs_out>(a, b, c);
  }
  Nested* use_nested(const Nested& a, Nested& b, Nested_out c) override {
    return swap_variable<Nested, Nested_out>(a, b, c);
  }
  Flags* use_flags(const Flags& a, Flags& b, Flags_out c) override {
    return swap_variable<Flags, Flags_out>(a, b, c);
  }
  Chars* use_chars(const Chars& a, Chars& b, Chars_out c) override {
    return swap_variable<Chars, Chars_out>(a, b, c);
  }
  Colors* use_colors(const Colors& a, Colors& b, Colors_out c) override {
    return swap_variable<Colors, Colors_out>(a, b, c);
  }
  Anys* use_anys(const Anys& a, Anys& b, Anys_out c) override {
    return swap_variable<Anys, Anys_out>(a, b, c);
  }
  Callbacks* use_callbacks(const Callbacks& a, Callbacks& b, Callbacks_out c) override {
    return swap_variable<Callbacks, Callbacks_out>(a, b, c);
  }
  Matrix_slice* use_matrix(const Matrix a, Matrix b, Matrix c) override {
    Matrix_copy(c, b);
    Matrix_copy(b, a);
    return Matrix_dup(a);
  }
  TwoCodes_slice* use_two_codes(const TwoCodes a, TwoCodes b, TwoCodes_out c) override {
    c = TwoCodes_dup(b);
    TwoCodes_copy(b, a);
    return TwoCodes_dup(a);
  }
  Basics use_basics(const Basics& a, Basics& b, Basics& c) override { return swap_fixed(a, b, c); }
  Tree* use_tree(const Tree& a, Tree& b, Tree_out c) override {
    return swap_variable<Tree, Tree_out>(a, b, c);
  }
  Points* use_points(const Points& a, Points& b, Points_out c) override {
    return swap_variable<Points, Points_out>(a, b, c);
  }
  Everything* use_everything(const Everything& a, Everything& b, Everything_out c) override {
    return swap_variable<Everything, Everything_out>(a, b, c);
  }
  CORBA::WChar use_wchar(CORBA::WChar a, CORBA::WChar& b, CORBA::WChar& c) override {
    return swap_fixed(a, b, c);
  }
  CORBA::WChar* use_wstring(const CORBA::WChar* a, CORBA::WChar*& b,
                            CORBA::WString_out c) override {
    c = std::exchange(b, CORBA::wstring_dup(a));
    return CORBA::wstring_dup(a);
  }
  WideTexts* use_wide_texts(const WideTexts& a, WideTexts& b, WideTexts_out c) override {
    return swap_variable<WideTexts, WideTexts_out>(a, b, c);
  }
};

class TypesServant final : public Swapper {
 public:
  TypesServant(interop::Types_ptr retired, Callback_ptr caller, Diamond_ptr diamond, bool utf8)
      : retired_(interop::Types::_duplicate(retired)),
        caller_(interop::Callback::_duplicate(caller)),
        diamond_(interop::Diamond::_duplicate(diamond)),
        utf8_(utf8) {}

  Everything* sample(CORBA::Long seed) override { return new Everything(sample_everything(seed)); }
  CORBA::Boolean is_sample(CORBA::Long seed, const Everything& value) override {
    return same(value, sample_everything(seed));
  }
  char* text(CORBA::Long which) override {
    return CORBA::string_dup(sample_text(which, utf8_).c_str());
  }
  CORBA::Boolean is_text(CORBA::Long which, const char* value) override {
    return sample_text(which, utf8_) == value;
  }
  CORBA::WChar* wide_text(CORBA::Long which) override {
    return CORBA::wstring_dup(sample_wide_text(which).c_str());
  }
  CORBA::Boolean is_wide_text(CORBA::Long which, const CORBA::WChar* value) override {
    return sample_wide_text(which) == value;
  }

  char* name() override { return copy(name_); }
  void name(const char* value) override { keep(name_, value); }
  char* short_name() override { return copy(short_name_); }
  void short_name(const char* value) override { keep(short_name_, value); }
  Octets* content() override {
    const std::lock_guard lock(mutex_);
    return new Octets(content_);
  }
  void content(const Octets& value) override {
    const std::lock_guard lock(mutex_);
    content_ = value;
  }
  Points* path() override { return new Points(sample_points(3)); }

  void shout(CORBA::Long number, const Octets& data) override {
    const std::lock_guard lock(mutex_);
    // omniORB gives one connection's oneways to several threads: the last need not be done last.
    shouted_ = std::max(shouted_, number + static_cast<CORBA::Long>(data.length()));
  }
  CORBA::Long shouted() override {
    const std::lock_guard lock(mutex_);
    return shouted_;
  }

  void refuse(const char* why, CORBA::Long code) override {
    if (code == 0) throw Empty();
    throw Refused(why, code, green, sample_tree(2));
  }
  void fail(CORBA::Long which, CORBA::ULong completed) override {
    const auto completion = static_cast<CORBA::CompletionStatus>(completed);
    if (which == 0) throw CORBA::NO_PERMISSION(42, completion);
    if (which == 1) throw CORBA::BAD_PARAM(42, completion);
    throw CORBA::IMP_LIMIT(42, completion);
  }
  void refuse_undeclared() override { throw Empty(); }
  /// Nobody has to wait with it: a client that gives up is what it is for.
  void wait_for(CORBA::ULong milliseconds) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  }

  CORBA::Object_ptr diamond() override { return CORBA::Object::_duplicate(diamond_); }
  interop::Types_ptr retired() override { return interop::Types::_duplicate(retired_); }
  Callback_ptr caller() override { return interop::Callback::_duplicate(caller_); }
  CORBA::Long visit(Callback_ptr visitor, CORBA::Long times) override {
    CORBA::Long sum = 0;
    for (CORBA::Long i = 0; i < times; ++i) sum += visitor->bounce(i, caller_);
    return sum;
  }

  Octets* echo(const Octets& data) override { return new Octets(data); }
  char* echo_text(const char* text) override { return CORBA::string_dup(text); }

 private:
  char* copy(const std::string& text) {
    const std::lock_guard lock(mutex_);
    return CORBA::string_dup(text.c_str());
  }
  void keep(std::string& place, const char* value) {
    const std::lock_guard lock(mutex_);
    place = value;
  }

  const interop::Types_var retired_;
  const Callback_var caller_;
  const Diamond_var diamond_;
  const bool utf8_;
  std::mutex mutex_;
  std::string name_;
  std::string short_name_;
  Octets content_;
  CORBA::Long shouted_ = 0;
};

template <class Servant>
auto activate(PortableServer::POA_ptr poa, Servant* servant) {
  const PortableServer::ObjectId_var id = poa->activate_object(servant);
  servant->_remove_ref();
  return servant->_this();
}

}  // namespace

CORBA::Long CallbackServant::bounce(CORBA::Long depth, Callback_ptr other) {
  if (depth == 0) return 0;
  const Callback_var self = _this();
  return 1 + other->bounce(depth - 1, self);
}

Callback_ptr make_callback(PortableServer::POA_ptr poa) {
  return activate(poa, new CallbackServant());
}

Types_ptr make_types(PortableServer::POA_ptr poa, bool utf8) {
  const Types_var retired =
      activate(poa, new TypesServant(Types::_nil(), Callback::_nil(), Diamond::_nil(), utf8));
  const PortableServer::ObjectId_var id = poa->reference_to_id(retired);
  poa->deactivate_object(id);
  const Callback_var caller = make_callback(poa);
  const Diamond_var diamond = activate(poa, new DiamondServant());
  return activate(poa, new TypesServant(retired, caller, diamond, utf8));
}
