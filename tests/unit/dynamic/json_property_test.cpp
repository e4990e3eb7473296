#include <gtest/gtest.h>
#include <corbel/json.hpp>
#include <tests/unit/cdr/random_value.hpp>

#include <cstdlib>

namespace corbel {
namespace {

using testing::RandomValue;

std::uint64_t rounds() {
  const char* wanted = std::getenv("CORBEL_PROPERTY_ROUNDS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 5'000;
}

TEST(JsonProperty, EveryValueComesBackFromItsText) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    RandomValue random(seed, {});
    const TypeCode type = random.type();
    cdr::Encoder encoder;
    random.value(type, encoder);
    Any any;
    any.assign(type, encoder.copy());
    const DynamicValue value(any);

    const std::string text = to_json(value);
    DynamicValue back;
    ASSERT_NO_THROW(back = from_json(type, text)) << "seed " << seed << "\n" << text;

    ASSERT_EQ(to_json(back), text) << "seed " << seed << " " << type;
    // The bits of a NaN are not in the text.
    if (text.find("\"NaN\"") == text.npos) {
      ASSERT_EQ(back.to_any(), any) << "seed " << seed << " " << type << "\n" << text;
    }
  }
}

TEST(JsonProperty, EveryTypeComesBackFromItsText) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    RandomValue random(seed, {});
    const TypeCode type = random.type();

    const std::string text = to_json(type);

    ASSERT_EQ(type_code_from_json(text), type) << "seed " << seed << "\n" << text;
  }
}

TEST(JsonProperty, DamagedTextNeverDoesMoreThanFail) {
  std::mt19937_64 random(11);
  std::uint64_t accepted = 0;
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    RandomValue values(seed, {});
    const TypeCode type = values.type();
    std::string text = to_json(DynamicValue(type));
    for (int i = 0; i < 2; ++i) text[random() % text.size()] = static_cast<char>(random() % 128);

    try {
      const DynamicValue value = from_json(type, text);
      ASSERT_EQ(to_json(from_json(type, to_json(value))), to_json(value)) << "seed " << seed;
      ++accepted;
    } catch (const SystemException& failure) {
      ASSERT_FALSE(failure.message().empty()) << "seed " << seed;
    }
  }
  EXPECT_LT(accepted, rounds());
}

}  // namespace
}  // namespace corbel
