#include <gtest/gtest.h>
#include <corbel/dynamic_value.hpp>
#include <tests/unit/cdr/random_value.hpp>

#include <cstdlib>

namespace corbel {
namespace {

using enum TCKind;
using testing::RandomValue;

std::uint64_t rounds() {
  const char* wanted = std::getenv("CORBEL_PROPERTY_ROUNDS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 10'000;
}

Any random_any(std::uint64_t seed) {
  RandomValue random(seed, {});
  const TypeCode type = random.type();
  cdr::Encoder encoder;
  random.value(type, encoder);
  Any any;
  any.assign(type, encoder.copy());
  return any;
}

// Sets every part to itself, which must change nothing, through every kind of part.
void set_to_itself(DynamicValue& value, unsigned depth) {
  if (depth > 6 || value.is_null()) return;
  if (value.kind() == tk_any || value.kind() == tk_value_box) {
    DynamicValue inner = value.content();
    set_to_itself(inner, depth + 1);
    return value.set_content(inner);
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    DynamicValue part = value[i];
    set_to_itself(part, depth + 1);
    value.set(i, part);
  }
  if (value.kind() == tk_union) value.set_discriminator(value.discriminator());
}

TEST(DynamicValueProperty, EveryValueIsTakenApartAndPutTogether) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    const Any any = random_any(seed);

    DynamicValue value(any);

    ASSERT_EQ(value.to_any(), any) << "seed " << seed << " " << any.type();
    ASSERT_EQ(value, value) << "seed " << seed;
    set_to_itself(value, 0);
    ASSERT_EQ(value.to_any(), any) << "seed " << seed << " " << any.type();
  }
}

TEST(DynamicValueProperty, TheFirstValueOfEveryTypeTravels) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    RandomValue random(seed, {});
    const TypeCode type = random.type();

    const DynamicValue first(type);

    cdr::Encoder encoder;
    first.to_any().encode(encoder);
    cdr::Decoder decoder(encoder.octets());
    ASSERT_EQ(DynamicValue(Any::decode(decoder)), first) << "seed " << seed << " " << type;
    ASSERT_FALSE(decoder.failed()) << "seed " << seed << ": " << decoder.failure();
  }
}

TEST(DynamicValueProperty, EveryValueHasATextAndEqualsItself) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    const Any any = random_any(seed);

    const std::string text = to_string(any);

    ASSERT_FALSE(text.empty()) << "seed " << seed;
    ASSERT_LT(text.size(), 4200u) << "seed " << seed;
    ASSERT_EQ(text.find("<broken"), text.npos) << "seed " << seed << ": " << text;
    ASSERT_EQ(any, any) << "seed " << seed;
  }
}

}  // namespace
}  // namespace corbel
