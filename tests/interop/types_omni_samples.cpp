#include "types_omni_samples.hpp"

#include <omniORB4/dynAny.h>

using namespace interop;

Basics sample_basics(CORBA::Long seed) {
  Basics basics;
  basics.a_boolean = seed % 2 == 1;
  basics.a_double = -2.25 * seed;
  basics.an_octet = static_cast<CORBA::Octet>(200 + seed);
  basics.a_short = static_cast<CORBA::Short>(-300 - seed);
  basics.a_char = static_cast<CORBA::Char>('a' + seed);
  basics.a_ulong = 4'000'000'000u + static_cast<CORBA::ULong>(seed);
  basics.a_long = -100'000 - seed;
  basics.a_ushort = static_cast<CORBA::UShort>(60'000 + seed);
  basics.a_longlong = -(CORBA::LongLong{1} << 40) - seed;
  basics.a_float = 0.5f + static_cast<float>(seed);
  basics.a_ulonglong = (CORBA::ULongLong{1} << 63) + static_cast<CORBA::ULongLong>(seed);
  return basics;
}

Tree sample_tree(CORBA::Long seed) {
  Tree tree;
  tree.label = CORBA::string_dup(("tree " + std::to_string(seed)).c_str());
  tree.children.length(static_cast<CORBA::ULong>(seed));
  for (CORBA::Long i = 0; i < seed; ++i)
    tree.children[static_cast<CORBA::ULong>(i)] = sample_tree(i);
  return tree;
}

Points sample_points(CORBA::Long count) {
  Points points;
  points.length(static_cast<CORBA::ULong>(count));
  for (CORBA::Long i = 0; i < count; ++i) {
    auto& point = points[static_cast<CORBA::ULong>(i)];
    point.x = static_cast<CORBA::Short>(i % 30'000);
    point.y = CORBA::LongLong{i} * 1'000'000'007;
  }
  return points;
}

Octets sample_octets(CORBA::ULong size) {
  Octets octets;
  octets.length(size);
  for (CORBA::ULong i = 0; i < size; ++i) octets[i] = static_cast<CORBA::Octet>(i * 31 + (i >> 8));
  return octets;
}

Strings make_strings(const std::vector<std::string>& texts) {
  Strings strings;
  strings.length(static_cast<CORBA::ULong>(texts.size()));
  for (CORBA::ULong i = 0; i < texts.size(); ++i) strings[i] = CORBA::string_dup(texts[i].c_str());
  return strings;
}

CORBA::Any make_any(const Tree& tree) {
  CORBA::Any any;
  any <<= tree;
  return any;
}

Everything sample_everything(CORBA::Long seed) {
  const std::string number = std::to_string(seed);
  Everything all;
  all.some = sample_basics(seed);
  all.words.plain = CORBA::string_dup(("text " + number).c_str());
  all.words.short_one = CORBA::string_dup(("c" + number).c_str());
  all.words.direct = CORBA::string_dup("abc");
  if (seed % 2 == 0) {
    all.anything <<= seed;
  } else {
    all.anything <<= sample_points(1)[0];
  }
  all.shade = static_cast<Color>(seed % 3);
  for (CORBA::Long i = 0; i < 6; ++i) all.numbers[i / 3][i % 3] = seed * 10 + i;
  all.codes[0] = CORBA::string_dup("left");
  all.codes[1] = CORBA::string_dup(("right" + number).c_str());
  all.data = sample_octets(static_cast<CORBA::ULong>(seed) + 3);
  all.three.length(static_cast<CORBA::ULong>(seed % 4));
  for (CORBA::Long i = 0; i < seed % 4; ++i) all.three[static_cast<CORBA::ULong>(i)] = seed - i;
  all.deep.length(3);
  all.deep[0] = make_strings({"a"});
  all.deep[2] = make_strings({"b" + number, "c"});
  all.bits.length(3);
  all.bits[0] = true;
  all.bits[1] = false;
  all.bits[2] = seed % 2 == 1;
  all.palette.length(2);
  all.palette[0] = blue;
  all.palette[1] = static_cast<Color>(seed % 3);
  all.family = sample_tree(seed % 4);
  const Points points = sample_points(seed);
  all.path.length(points.length());
  for (CORBA::ULong i = 0; i < points.length(); ++i) all.path[i] = points[i];
  return all;
}

namespace {

DynamicAny::DynAnyFactory_ptr dyn_any_factory() {
  static const DynamicAny::DynAnyFactory_var factory = [] {
    int argc = 0;
    const CORBA::ORB_var orb = CORBA::ORB_init(argc, nullptr, "omniORB4");
    const CORBA::Object_var object = orb->resolve_initial_references("DynAnyFactory");
    return DynamicAny::DynAnyFactory::_narrow(object);
  }();
  return factory;
}

}  // namespace

bool same(const CORBA::Any& left, const CORBA::Any& right) {
  const CORBA::TypeCode_var type = left.type();
  const CORBA::TypeCode_var right_type = right.type();
  if (!type->equal(right_type)) return false;
  // Neither has a value, and DynAny would not take the second.
  if (type->kind() == CORBA::tk_null || type->kind() == CORBA::tk_void) return true;
  const DynamicAny::DynAny_var one = dyn_any_factory()->create_dyn_any(left);
  const DynamicAny::DynAny_var other = dyn_any_factory()->create_dyn_any(right);
  const bool equal = one->equal(other);
  one->destroy();
  other->destroy();
  return equal;
}

bool same(const Anys& left, const Anys& right) {
  if (left.length() != right.length()) return false;
  for (CORBA::ULong i = 0; i < left.length(); ++i) {
    if (!same(left[i], right[i])) return false;
  }
  return true;
}

bool same(const Everything& left, const Everything& right) {
  if (!same(left.anything, right.anything)) return false;
  Everything one = left;
  Everything other = right;
  one.anything = CORBA::Any();
  other.anything = CORBA::Any();
  return octets_of(one) == octets_of(other);
}

std::string sample_text(CORBA::Long which, bool utf8) {
  if (which == 0) return utf8 ? "h\xc3\xa9llo" : "h\xe9llo";
  return "\xe2\x82\xac \xe4\xb8\xad";
}

std::wstring sample_wide_text(CORBA::Long which) {
  return which == 0 ? L"h\u00e9llo" : L"\u20ac \u4e2d";
}
