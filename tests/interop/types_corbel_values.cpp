#include "types_corbel_checks.hpp"
#include "types_corbel_samples.hpp"

#include <corbel/any.hpp>

#include <limits>
#include <utility>
#include <vector>

using namespace interop;

namespace {

/// Each value beside its neighbour, through in, inout, out and result.
template <class T, class Use>
void check_use(CorbelClient& client, const std::string& name, const Use& use,
               const std::vector<T>& values) {
  client.checks.run(name, [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const T a = values[i];
      const T before = values[(i + 1) % values.size()];
      T b = before;
      T c{};

      const T result = use(a, b, c);

      const std::string which = "value " + std::to_string(i);
      expect(result == a, which + " as result");
      expect(b == a, which + " as inout");
      expect(c == before, which + " as out");
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

void check_basic_types(CorbelClient& client) {
  const Types& types = client.types;
  check_use<bool>(client, "boolean",
                  [&](auto& a, auto& b, auto& c) { return types.use_boolean(a, b, c); },
                  {true, false});
  check_use<std::uint8_t>(
      client, "octet", [&](auto& a, auto& b, auto& c) { return types.use_octet(a, b, c); },
      bounds<std::uint8_t>());
  check_use<char>(client, "char",
                  [&](auto& a, auto& b, auto& c) { return types.use_char(a, b, c); },
                  {'a', '\0', '~', '\x7f'});
  check_use<std::int16_t>(
      client, "short", [&](auto& a, auto& b, auto& c) { return types.use_short(a, b, c); },
      bounds<std::int16_t>());
  check_use<std::uint16_t>(
      client, "unsigned short",
      [&](auto& a, auto& b, auto& c) { return types.use_ushort(a, b, c); },
      bounds<std::uint16_t>());
  check_use<std::int32_t>(
      client, "long", [&](auto& a, auto& b, auto& c) { return types.use_long(a, b, c); },
      bounds<std::int32_t>());
  check_use<std::uint32_t>(
      client, "unsigned long", [&](auto& a, auto& b, auto& c) { return types.use_ulong(a, b, c); },
      bounds<std::uint32_t>());
  check_use<std::int64_t>(
      client, "long long", [&](auto& a, auto& b, auto& c) { return types.use_longlong(a, b, c); },
      bounds<std::int64_t>());
  check_use<std::uint64_t>(
      client, "unsigned long long",
      [&](auto& a, auto& b, auto& c) { return types.use_ulonglong(a, b, c); },
      bounds<std::uint64_t>());
  check_use<float>(
      client, "float", [&](auto& a, auto& b, auto& c) { return types.use_float(a, b, c); },
      floating<float>());
  check_use<double>(
      client, "double", [&](auto& a, auto& b, auto& c) { return types.use_double(a, b, c); },
      floating<double>());
  check_use<Color>(client, "enum",
                   [&](auto& a, auto& b, auto& c) { return types.use_color(a, b, c); },
                   {Color::red, Color::green, Color::blue});
}

void check_sequences(CorbelClient& client) {
  const Types& types = client.types;
  check_use<Octets>(client, "octets",
                    [&](auto& a, auto& b, auto& c) { return types.use_octets(a, b, c); },
                    {{}, {7}, sample_octets(1001)});
  check_use<Doubles>(client, "doubles",
                     [&](auto& a, auto& b, auto& c) { return types.use_doubles(a, b, c); },
                     {{}, floating<double>()});
  check_use<ThreeLongs>(client, "bounded sequence",
                        [&](auto& a, auto& b, auto& c) { return types.use_three_longs(a, b, c); },
                        {{}, {1, -2, 3}});
  check_use<Nested>(client, "nested sequences",
                    [&](auto& a, auto& b, auto& c) { return types.use_nested(a, b, c); },
                    {{}, {{}}, {{"a", ""}, {}, {"bc", "def"}}});
  check_use<Flags>(client, "booleans",
                   [&](auto& a, auto& b, auto& c) { return types.use_flags(a, b, c); },
                   {{}, {true, false, true}});
  check_use<Chars>(client, "chars",
                   [&](auto& a, auto& b, auto& c) { return types.use_chars(a, b, c); },
                   {{}, {'a', 'b', 'c'}});
  check_use<Colors>(client, "enums",
                    [&](auto& a, auto& b, auto& c) { return types.use_colors(a, b, c); },
                    {{}, {Color::blue, Color::red}});
  check_use<Matrix>(client, "array",
                    [&](auto& a, auto& b, auto& c) { return types.use_matrix(a, b, c); },
                    {sample_everything(1).numbers, sample_everything(2).numbers});
  check_use<TwoCodes>(client, "array of strings",
                      [&](auto& a, auto& b, auto& c) { return types.use_two_codes(a, b, c); },
                      {{"left", "right"}, {"", "12345678"}});
}

void check_structs(CorbelClient& client) {
  const Types& types = client.types;
  check_use<Basics>(client, "struct",
                    [&](auto& a, auto& b, auto& c) { return types.use_basics(a, b, c); },
                    {sample_basics(1), sample_basics(2)});
  check_use<Tree>(client, "recursive struct",
                  [&](auto& a, auto& b, auto& c) { return types.use_tree(a, b, c); },
                  {sample_tree(0), sample_tree(1), sample_tree(4)});
  check_use<Points>(client, "many structs",
                    [&](auto& a, auto& b, auto& c) { return types.use_points(a, b, c); },
                    {{}, sample_points(1), sample_points(5000)});
  check_use<Everything>(client, "struct of everything",
                        [&](auto& a, auto& b, auto& c) { return types.use_everything(a, b, c); },
                        {sample_everything(1), sample_everything(2), sample_everything(7)});
  client.checks.run("samples", [&] {
    for (std::int32_t seed = 0; seed < 12; ++seed) {
      const std::string which = std::to_string(seed);
      expect(types.sample(seed) == sample_everything(seed),
             "the server's sample " + which + " is ours");
      expect(types.is_sample(seed, sample_everything(seed)),
             "our sample " + which + " is the server's");
    }
    expect(!types.is_sample(1, sample_everything(2)), "samples differ");
  });
}

// No exceptions: omniORB writes and reads them without their repository id.
std::vector<corbel::Any> make_anys(CorbelClient& client) {
  corbel::Any inner("inside");
  return {corbel::Any(),
          corbel::Any(true),
          corbel::Any(std::uint8_t{7}),
          corbel::Any('c'),
          corbel::Any(std::int16_t{-2}),
          corbel::Any(std::uint16_t{2}),
          corbel::Any(std::int32_t{-3}),
          corbel::Any(std::uint32_t{3}),
          corbel::Any(std::int64_t{-4}),
          corbel::Any(std::uint64_t{4}),
          corbel::Any(0.5f),
          corbel::Any(0.25),
          corbel::Any("text"),
          corbel::Any(Color::green),
          corbel::Any(sample_basics(3)),
          corbel::Any(sample_tree(3)),
          corbel::Any(sample_points(9)),
          corbel::Any(Nested{{"a"}, {}}),
          corbel::Any(Flags{true, false}),
          corbel::Any(sample_octets(99)),
          corbel::Any(client.callback),
          corbel::Any(Callback()),
          corbel::Any(inner),
          corbel::Any(sample_everything(4))};
}

void check_anys(CorbelClient& client) {
  const Types& types = client.types;
  const auto anys = make_anys(client);
  check_use<corbel::Any>(
      client, "any", [&](auto& a, auto& b, auto& c) { return types.use_any(a, b, c); }, anys);
  check_use<Anys>(client, "anys",
                  [&](auto& a, auto& b, auto& c) { return types.use_anys(a, b, c); }, {{}, anys});
  client.checks.run("contents of an any", [&] {
    corbel::Any b(sample_tree(2));
    corbel::Any c;
    const corbel::Any result = types.use_any(corbel::Any(sample_everything(3)), b, c);
    expect(result.get<Everything>() == sample_everything(3), "everything came back");
    expect(c.get<Tree>() == sample_tree(2), "the tree came back");
    const Everything sample = types.sample(3);
    expect(sample.anything.get<Point>() == sample_points(1)[0], "the point in the server's any");
  });
}

void check_references(CorbelClient& client) {
  const Types& types = client.types;
  const Callback caller = types.caller();
  check_use<corbel::Object>(client, "Object",
                            [&](auto& a, auto& b, auto& c) { return types.use_object(a, b, c); },
                            {nullptr, client.callback, types, caller});
  check_use<Callback>(client, "reference",
                      [&](auto& a, auto& b, auto& c) { return types.use_callback(a, b, c); },
                      {nullptr, client.callback, caller});
  check_use<Callbacks>(client, "references",
                       [&](auto& a, auto& b, auto& c) { return types.use_callbacks(a, b, c); },
                       {{}, {nullptr, client.callback, caller}});
}

}  // namespace

void check_values(CorbelClient& client) {
  check_basic_types(client);
  check_sequences(client);
  check_structs(client);
  check_anys(client);
  check_references(client);
}
