#include <gtest/gtest.h>
#include <tests/support/wire_sample.hpp>
#include <tests/unit/cdr/sample_values.hpp>

namespace corbel {
namespace {

using cdr::Decoder;
using cdr::Encoder;
using namespace testing;

/// The samples of values that anys have too, in both byte orders.
class ValueSample : public ::testing::TestWithParam<cdr::ByteOrder> {
 protected:
  std::vector<std::byte> sample(const std::string& name) const {
    return wire_sample(name + (GetParam() == cdr::ByteOrder::big ? "_big" : "_little"));
  }
  cdr::Encoding encoding() const { return {GetParam(), {1, 2}}; }
};

INSTANTIATE_TEST_SUITE_P(BothOrders, ValueSample,
                         ::testing::Values(cdr::ByteOrder::big, cdr::ByteOrder::little),
                         [](const auto& order) {
                           return order.param == cdr::ByteOrder::big ? "Big" : "Little";
                         });

TEST_P(ValueSample, ATruncatedValueIsReadAsItsBase) {
  const auto octets = sample("cdr_value_truncated");
  Decoder decoder(octets, encoding());

  const auto value = decode<std::shared_ptr<Base>>(decoder);

  ASSERT_NE(value, nullptr) << decoder.failure();
  EXPECT_EQ(value->a, 42);
  EXPECT_EQ(decoder.read<std::uint8_t>(), 85);
}

TEST_P(ValueSample, TheSameValueIsReadWholeByWhoKnowsIt) {
  const auto octets = sample("cdr_value_truncated");
  constexpr const stub::ValueType* known[] = {&stub::kValueType<Derived>};
  Decoder decoder(octets, encoding());
  decoder.set_known_values(known);

  const auto value = std::dynamic_pointer_cast<Derived>(decode<std::shared_ptr<Base>>(decoder));

  ASSERT_NE(value, nullptr) << decoder.failure();
  EXPECT_EQ(value->a, 42);
  EXPECT_EQ(value->b, 1.5);
  EXPECT_EQ(value->c->a, 43);
  EXPECT_EQ(decoder.read<std::uint8_t>(), 85);
}

TEST_P(ValueSample, ATextMayBeCutByChunks) {
  const auto octets = sample("cdr_value_cut_text");
  Decoder decoder(octets, encoding());

  const auto value = decode<std::shared_ptr<Text>>(decoder);

  ASSERT_NE(value, nullptr) << decoder.failure();
  EXPECT_EQ(decoder.remaining(), 0u);

  EXPECT_EQ(value->text, "hello");
  EXPECT_EQ(value->number, 9);
}

TEST_P(ValueSample, SharedValuesAndACircleAreReadAndWrittenAlike) {
  const auto octets = sample("cdr_value_shared");
  Decoder decoder(octets, encoding());

  const auto cells = decode<std::vector<std::shared_ptr<Cell>>>(decoder);

  ASSERT_FALSE(decoder.failed()) << decoder.failure();
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0]->content, 7);
  EXPECT_EQ(cells[1], cells[0]);
  EXPECT_EQ(cells[2]->content, 8);
  EXPECT_EQ(cells[2]->next, cells[2]);
  Encoder encoder(encoding());
  encode(encoder, cells);
  EXPECT_EQ(encoder.copy(), octets);
  break_cycles(cells[2]);
}

template <class T>
void expect_failure_at_every_cut(const std::vector<std::byte>& octets,
                                 const cdr::Encoding& encoding) {
  for (std::size_t size = 0; size < octets.size(); ++size) {
    Decoder decoder(std::span<const std::byte>(octets).first(size), encoding);
    decode<T>(decoder);
    EXPECT_TRUE(decoder.failed()) << "cut to " << size;
  }
}

TEST_P(ValueSample, CutAnywhereItFailsCleanly) {
  expect_failure_at_every_cut<std::vector<std::shared_ptr<Cell>>>(sample("cdr_value_shared"),
                                                                  encoding());
  expect_failure_at_every_cut<std::shared_ptr<Text>>(sample("cdr_value_cut_text"), encoding());
  auto truncated = sample("cdr_value_truncated");
  truncated.pop_back();  // what comes after
  expect_failure_at_every_cut<std::shared_ptr<Base>>(truncated, encoding());
}

}  // namespace
}  // namespace corbel
