#include <orb/giop/service_context.hpp>

#include "messages.hpp"

#include <chrono>

namespace corbel::giop {
namespace {

using namespace std::chrono_literals;

TEST(ServiceContexts, AreReadInTheirOrderWhereTheyLie) {
  const auto one = testing::octets("01");
  const auto two = testing::octets("02 03");
  const ServiceContext written[] = {{5, one}, {6, two}, {5, two}};
  cdr::Encoder encoder;
  write_service_contexts(encoder, written);
  const auto octets = encoder.copy();
  cdr::Decoder decoder(octets);

  ServiceContextList list;
  list.decode(decoder);

  std::vector<std::uint32_t> ids;
  for (const ServiceContext& context : list) ids.push_back(context.id);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{5, 6, 5}));
  EXPECT_EQ(list.find(5)->size(), 1u);
  EXPECT_EQ(list.find(5)->data(), octets.data() + 12);
  EXPECT_FALSE(list.find(7));
  EXPECT_EQ(decoder.remaining(), 0u);
}

TEST(ServiceContexts, AnEmptyListHasNothing) {
  const ServiceContextList list;

  EXPECT_TRUE(list.begin() == list.end());
  EXPECT_FALSE(list.find(1));
}

TEST(ServiceContexts, CodeSetsTravel) {
  const ior::TransmissionCodeSets chosen{cdr::CodeSet::utf8, cdr::CodeSet::utf16};
  const auto data = encode_code_sets(chosen);

  EXPECT_EQ(data.context().id, 1u);
  EXPECT_EQ(decode_code_sets(data.octets), chosen);
  EXPECT_EQ(decode_code_sets(testing::octets("00 cc cc cc 05 01 00 01 00 01 01 09")), chosen);
}

TEST(ServiceContexts, OctetsAfterTheContentAreIgnored) {
  EXPECT_TRUE(decode_code_sets(testing::octets("00 00 00 00 05 01 00 01 00 01 01 09 ee")));
}

TEST(ServiceContexts, DeadlinesTravel) {
  EXPECT_EQ(decode_deadline(encode_deadline(1500ms).octets), 1500ms);
  EXPECT_EQ(decode_deadline(encode_deadline(-1ns).octets), 0ns);
  EXPECT_EQ(decode_deadline(testing::octets("00 00000000000000 0000000000000005")), 5ns);
}

TEST(ServiceContexts, AWildDeadlineIsTheLongestOne) {
  EXPECT_EQ(decode_deadline(testing::octets("00 00000000000000 ffffffffffffffff")),
            std::chrono::nanoseconds::max());
}

TEST(ServiceContexts, CallChainsTravel) {
  CallChainId id;
  for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(i + 1);

  EXPECT_EQ(decode_call_chain(encode_call_chain(id).octets), id);
}

TEST(ServiceContexts, DataCutAnywhereSayNothing) {
  const auto code_sets = encode_code_sets({});
  const auto deadline = encode_deadline(1s);
  const auto chain = encode_call_chain({});

  for (std::size_t size = 0; size < code_sets.octets.size(); ++size) {
    EXPECT_FALSE(decode_code_sets(std::span(code_sets.octets).first(size)));
  }
  for (std::size_t size = 0; size < deadline.octets.size(); ++size) {
    EXPECT_FALSE(decode_deadline(std::span(deadline.octets).first(size)));
  }
  for (std::size_t size = 0; size < chain.octets.size(); ++size) {
    EXPECT_FALSE(decode_call_chain(std::span(chain.octets).first(size)));
  }
}

}  // namespace
}  // namespace corbel::giop
