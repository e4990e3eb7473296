#include "types_omni_checks.hpp"
#include "types_omni_samples.hpp"

#include <limits>
#include <utility>
#include <vector>

using namespace interop;

namespace {

template <class T>
void expect_swapped(const T& a, const T& before, const T& result, const T& b, const T& c) {
  expect(same(result, a), "result");
  expect(same(b, a), "inout");
  expect(same(c, before), "out");
}

/// Each value beside its neighbour, through in, inout, out and result.
template <class T, class Use>
void check_fixed(OmniClient& client, const std::string& name, Use use,
                 const std::vector<T>& values) {
  client.run(name, [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const T a = values[i];
      const T before = values[(i + 1) % values.size()];
      T b = before;
      T c{};
      const T result = (client.types->*use)(a, b, c);
      const std::string which = "value " + std::to_string(i);
      expect(result == a, which + " as result");
      expect(b == a, which + " as inout");
      expect(c == before, which + " as out");
    }
  });
}

template <class T, class Use>
void check_variable(OmniClient& client, const std::string& name, Use use,
                    const std::vector<T>& values) {
  client.run(name, [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const T& before = values[(i + 1) % values.size()];
      T b = before;
      typename T::_var_type c;
      const typename T::_var_type result = (client.types->*use)(values[i], b, c.out());
      expect_swapped(values[i], before, result.in(), b, c.in());
    }
  });
}

template <class T>
std::vector<T> bounds() {
  using Limits = std::numeric_limits<T>;
  return {T{0}, Limits::lowest(), Limits::max(), T{1}, static_cast<T>(42)};
}

template <class T>
std::vector<T> floating() {
  using Limits = std::numeric_limits<T>;
  return {T{0},
          -T{0},
          Limits::lowest(),
          Limits::max(),
          Limits::min(),
          Limits::denorm_min(),
          Limits::infinity(),
          -Limits::infinity(),
          T(0.1)};
}

template <class Sequence, class T>
Sequence make_sequence(const std::vector<T>& values) {
  Sequence sequence;
  sequence.length(static_cast<CORBA::ULong>(values.size()));
  for (CORBA::ULong i = 0; i < values.size(); ++i) sequence[i] = values[i];
  return sequence;
}

void check_basic_types(OmniClient& client) {
  using T = _objref_Types;
  check_fixed<CORBA::Boolean>(client, "boolean", &T::use_boolean, {true, false});
  check_fixed<CORBA::Octet>(client, "octet", &T::use_octet, bounds<CORBA::Octet>());
  check_fixed<CORBA::Char>(client, "char", &T::use_char, {'a', '\0', '~', '\x7f'});
  check_fixed<CORBA::Short>(client, "short", &T::use_short, bounds<CORBA::Short>());
  check_fixed<CORBA::UShort>(client, "unsigned short", &T::use_ushort, bounds<CORBA::UShort>());
  check_fixed<CORBA::Long>(client, "long", &T::use_long, bounds<CORBA::Long>());
  check_fixed<CORBA::ULong>(client, "unsigned long", &T::use_ulong, bounds<CORBA::ULong>());
  check_fixed<CORBA::LongLong>(client, "long long", &T::use_longlong, bounds<CORBA::LongLong>());
  check_fixed<CORBA::ULongLong>(client, "unsigned long long", &T::use_ulonglong,
                                bounds<CORBA::ULongLong>());
  check_fixed<CORBA::Float>(client, "float", &T::use_float, floating<CORBA::Float>());
  check_fixed<CORBA::Double>(client, "double", &T::use_double, floating<CORBA::Double>());
  check_fixed<Color>(client, "enum", &T::use_color, {red, green, blue});
}

Nested make_nested(const std::vector<std::vector<std::string>>& values) {
  Nested nested;
  nested.length(static_cast<CORBA::ULong>(values.size()));
  for (CORBA::ULong i = 0; i < values.size(); ++i) nested[i] = make_strings(values[i]);
  return nested;
}

void check_arrays(OmniClient& client) {
  client.run("array", [&] {
    const Everything one = sample_everything(1);
    const Everything two = sample_everything(2);
    Matrix b;
    Matrix c;
    Matrix_copy(b, two.numbers);
    const Matrix_var result = client.types->use_matrix(one.numbers, b, c);
    for (int i = 0; i < 6; ++i) {
      expect(result[i / 3][i % 3] == one.numbers[i / 3][i % 3], "result");
      expect(b[i / 3][i % 3] == one.numbers[i / 3][i % 3], "inout");
      expect(c[i / 3][i % 3] == two.numbers[i / 3][i % 3], "out");
    }
  });
  client.run("array of strings", [&] {
    TwoCodes a;
    a[0] = CORBA::string_dup("left");
    a[1] = CORBA::string_dup("right");
    TwoCodes b;
    b[1] = CORBA::string_dup("12345678");
    TwoCodes_var c;
    const TwoCodes_var result = client.types->use_two_codes(a, b, c.out());
    expect(std::string(result[0]) == "left" && std::string(result[1]) == "right", "result");
    expect(std::string(b[0]) == "left" && std::string(b[1]) == "right", "inout");
    expect(std::string(c[0]).empty() && std::string(c[1]) == "12345678", "out");
  });
}

void check_sequences(OmniClient& client) {
  using T = _objref_Types;
  check_variable<Octets>(client, "octets", &T::use_octets,
                         {Octets(), sample_octets(1), sample_octets(1001)});
  check_variable<Doubles>(client, "doubles", &T::use_doubles,
                          {Doubles(), make_sequence<Doubles>(floating<CORBA::Double>())});
  check_variable<ThreeLongs>(
      client, "bounded sequence", &T::use_three_longs,
      {ThreeLongs(), make_sequence<ThreeLongs>(std::vector<CORBA::Long>{1, -2, 3})});
  check_variable<Nested>(
      client, "nested sequences", &T::use_nested,
      {Nested(), make_nested({{}}), make_nested({{"a", ""}, {}, {"bc", "def"}})});
  check_variable<Flags>(
      client, "booleans", &T::use_flags,
      {Flags(), make_sequence<Flags>(std::vector<CORBA::Boolean>{true, false, true})});
  check_variable<Chars>(client, "chars", &T::use_chars,
                        {Chars(), make_sequence<Chars>(std::vector<CORBA::Char>{'a', 'b', 'c'})});
  check_variable<Colors>(client, "enums", &T::use_colors,
                         {Colors(), make_sequence<Colors>(std::vector<Color>{blue, red})});
  check_arrays(client);
}

void check_structs(OmniClient& client) {
  using T = _objref_Types;
  client.run("struct", [&] {
    const Basics a = sample_basics(1);
    const Basics before = sample_basics(2);
    Basics b = before;
    Basics c;
    const Basics result = client.types->use_basics(a, b, c);
    expect_swapped(a, before, result, b, c);
  });
  check_variable<Tree>(client, "recursive struct", &T::use_tree,
                       {sample_tree(0), sample_tree(1), sample_tree(4)});
  check_variable<Points>(client, "many structs", &T::use_points,
                         {Points(), sample_points(1), sample_points(5000)});
  check_variable<Everything>(client, "struct of everything", &T::use_everything,
                             {sample_everything(1), sample_everything(2), sample_everything(7)});
  client.run("samples", [&] {
    for (CORBA::Long seed = 0; seed < 12; ++seed) {
      const std::string which = std::to_string(seed);
      const Everything_var sample = client.types->sample(seed);
      expect(same(sample.in(), sample_everything(seed)),
             "the server's sample " + which + " is ours");
      expect(client.types->is_sample(seed, sample_everything(seed)),
             "our sample " + which + " is the server's");
    }
    expect(!client.types->is_sample(1, sample_everything(2)), "samples differ");
  });
}

/// An any of whatever `<<=` takes.
template <class T>
CORBA::Any any_of(const T& value) {
  CORBA::Any any;
  any <<= value;
  return any;
}

// No references: copies of such an any end omniORB with an assertion (any.cc) when they are sent.
std::vector<CORBA::Any> make_anys() {
  return {CORBA::Any(),
          any_of(CORBA::Any::from_boolean(true)),
          any_of(CORBA::Any::from_octet(7)),
          any_of(CORBA::Any::from_char('c')),
          any_of(CORBA::Short{-2}),
          any_of(CORBA::UShort{2}),
          any_of(CORBA::Long{-3}),
          any_of(CORBA::ULong{3}),
          any_of(CORBA::LongLong{-4}),
          any_of(CORBA::ULongLong{4}),
          any_of(CORBA::Float{0.5}),
          any_of(CORBA::Double{0.25}),
          any_of("text"),
          any_of(green),
          any_of(sample_basics(3)),
          any_of(sample_tree(3)),
          any_of(sample_points(9)),
          any_of(sample_octets(99)),
          any_of(any_of("inside")),
          any_of(sample_everything(4))};
}

void check_anys(OmniClient& client) {
  const auto values = make_anys();
  client.run("any", [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const CORBA::Any& before = values[(i + 1) % values.size()];
      CORBA::Any b = before;
      CORBA::Any_var c;
      const CORBA::Any_var result = client.types->use_any(values[i], b, c.out());
      const std::string which = "value " + std::to_string(i);
      expect(same(result.in(), values[i]), which + " as result");
      expect(same(b, values[i]), which + " as inout");
      expect(same(c.in(), before), which + " as out");
    }
  });
  Anys anys;
  anys.length(static_cast<CORBA::ULong>(values.size()));
  for (CORBA::ULong i = 0; i < anys.length(); ++i) anys[i] = values[i];
  check_variable<Anys>(client, "anys", &_objref_Types::use_anys, {Anys(), anys});
  client.run("contents of an any", [&] {
    CORBA::Any b = make_any(sample_tree(2));
    CORBA::Any_var c;
    const CORBA::Any_var result = client.types->use_any(any_of(sample_everything(3)), b, c.out());
    const Everything* all = nullptr;
    const Tree* tree = nullptr;
    const Point* point = nullptr;
    expect((result.in() >>= all) && same(*all, sample_everything(3)), "everything came back");
    expect((c.in() >>= tree) && same(*tree, sample_tree(2)), "the tree came back");
    const Everything_var sample = client.types->sample(3);
    expect((sample->anything >>= point) && same(*point, sample_points(1)[0]),
           "the point in the server's any");
  });
}

bool same_object(CORBA::Object_ptr left, CORBA::Object_ptr right) {
  if (CORBA::is_nil(left) || CORBA::is_nil(right))
    return CORBA::is_nil(left) && CORBA::is_nil(right);
  return left->_is_equivalent(right);
}

template <class I, class Use>
void check_reference(OmniClient& client, const std::string& name, Use use,
                     const std::vector<typename I::_ptr_type>& values) {
  client.run(name, [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto before = values[(i + 1) % values.size()];
      typename I::_var_type b = I::_duplicate(before);
      typename I::_var_type c;
      const typename I::_var_type result = (client.types->*use)(values[i], b.inout(), c.out());
      expect(same_object(result, values[i]), "result");
      expect(same_object(b, values[i]), "inout");
      expect(same_object(c, before), "out");
    }
  });
}

void check_references(OmniClient& client) {
  const Callback_var caller = client.types->caller();
  client.run("Object", [&] {
    const std::vector<CORBA::Object_ptr> values{CORBA::Object::_nil(), client.callback,
                                                client.types, caller};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto before = values[(i + 1) % values.size()];
      CORBA::Object_var b = CORBA::Object::_duplicate(before);
      CORBA::Object_var c;
      const CORBA::Object_var result = client.types->use_object(values[i], b.inout(), c.out());
      expect(same_object(result, values[i]) && same_object(b, values[i]) && same_object(c, before),
             "swapped");
    }
  });
  check_reference<Callback>(client, "reference", &_objref_Types::use_callback,
                            {Callback::_nil(), client.callback, caller});
  client.run("references", [&] {
    Callbacks a;
    a.length(3);
    a[1] = Callback::_duplicate(client.callback);
    a[2] = Callback::_duplicate(caller);
    Callbacks b;
    Callbacks_var c;
    const Callbacks_var result = client.types->use_callbacks(a, b, c.out());
    expect(result->length() == 3 && b.length() == 3 && c->length() == 0, "lengths");
    for (CORBA::ULong i = 0; i < 3; ++i) {
      expect(same_object(result.in()[i], a[i]) && same_object(b[i], a[i]), "same objects");
    }
  });
}

}  // namespace

void check_values(OmniClient& client) {
  check_basic_types(client);
  check_sequences(client);
  check_structs(client);
  check_anys(client);
  check_references(client);
}
