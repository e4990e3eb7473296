#include <orb/connection/message_reader.hpp>

#include "tests/support/giop_peer.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace corbel::connection {

using namespace std::chrono_literals;
using test::Octets;
using Step = MessageReader::Step;

namespace {

void feed(MessageReader& reader, std::span<const std::byte> octets) {
  while (!octets.empty()) {
    const auto space = reader.space();
    const auto count = std::min(space.size(), octets.size());
    std::memcpy(space.data(), octets.data(), count);
    reader.received(count);
    octets = octets.subspan(count);
  }
}

Octets sized_request(std::uint32_t id, std::size_t size) {
  return test::request_octets(id, "key", "work", [size](cdr::Encoder& encoder) {
    for (std::size_t i = 0; i < size; ++i) encoder.write(static_cast<std::uint8_t>(i));
  });
}

Octets joined(const std::vector<Octets>& messages) {
  Octets all;
  for (const auto& message : messages) all.insert(all.end(), message.begin(), message.end());
  return all;
}

std::string operation_of(const IncomingMessage& message) {
  auto decoder = message.decoder({}, {});
  giop::RequestHeader header;
  return giop::decode_request_header(decoder, header) ? std::string(header.operation) : "";
}

/// A message of GIOP 1.2 cut into fragments of `size` octets of body.
std::vector<Octets> fragments_of(const Octets& message, std::uint32_t id, std::size_t size) {
  std::vector<Octets> fragments;
  for (std::size_t at = 12; at < message.size(); at += size) {
    const bool last = at + size >= message.size();
    const auto part = std::span(message).subspan(at, std::min(size, message.size() - at));
    cdr::Encoder encoder;
    const auto type = at == 12 ? giop::MessageType::request : giop::MessageType::fragment;
    giop::begin_message(encoder, type);
    if (at != 12) encoder.write(id);
    for (const auto octet : part) encoder.write(static_cast<std::uint8_t>(octet));
    giop::finish_message(encoder);
    auto octets = test::octets_of(encoder);
    if (!last) octets[6] |= std::byte{2};
    fragments.push_back(std::move(octets));
  }
  return fragments;
}

}  // namespace

TEST(MessageReader, TakesOctetByOctet) {
  MessageReader reader{Limits{}};
  const auto octets = sized_request(1, 100);
  IncomingMessage message;

  for (std::size_t i = 0; i + 1 < octets.size(); ++i) {
    feed(reader, std::span(octets).subspan(i, 1));
    ASSERT_EQ(reader.next(message), Step::need_more) << i;
    EXPECT_TRUE(reader.in_message());
  }
  feed(reader, std::span(octets).last(1));

  ASSERT_EQ(reader.next(message), Step::message);
  EXPECT_EQ(Octets(message.octets.begin(), message.octets.end()), octets);
  EXPECT_EQ(operation_of(message), "work");
  EXPECT_EQ(reader.next(message), Step::need_more);
  EXPECT_FALSE(reader.in_message());
}

TEST(MessageReader, CutsManyMessagesThatCameInOneRead) {
  MessageReader reader{Limits{}};
  std::vector<Octets> messages;
  for (std::uint32_t i = 0; i < 300; ++i) messages.push_back(sized_request(i, i));

  feed(reader, joined(messages));

  std::vector<IncomingMessage> kept;  // as if they were in work: their octets must stay
  IncomingMessage message;
  while (reader.next(message) == Step::message) kept.push_back(std::move(message));
  ASSERT_EQ(kept.size(), messages.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(Octets(kept[i].octets.begin(), kept[i].octets.end()), messages[i]);
  }
}

TEST(MessageReader, MessagesInWorkKeepTheirOctetsWhileTheNextOnesArrive) {
  MessageReader reader{Limits{}};
  std::vector<IncomingMessage> kept;
  std::vector<Octets> sent;

  for (std::uint32_t i = 0; i < 200; ++i) {
    sent.push_back(sized_request(i, (i * 977) % 20'000));
    const auto half = sent.back().size() / 2;
    IncomingMessage message;
    feed(reader, std::span(sent.back()).first(half));
    ASSERT_EQ(reader.next(message), Step::need_more);
    feed(reader, std::span(sent.back()).subspan(half));
    ASSERT_EQ(reader.next(message), Step::message);
    kept.push_back(std::move(message));
  }

  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_TRUE(
        std::equal(kept[i].octets.begin(), kept[i].octets.end(), sent[i].begin(), sent[i].end()));
  }
}

TEST(MessageReader, AClaimedSizeAloneTakesLittleMemory) {
  MessageReader reader{Limits{}};
  auto octets = sized_request(1, 0);
  const std::uint32_t claimed = (64u << 20) - 12;
  std::memcpy(&octets[8], &claimed, 4);
  feed(reader, octets);
  IncomingMessage message;

  ASSERT_EQ(reader.next(message), Step::need_more);

  EXPECT_LE(reader.space().size(), 512u * 1024);
}

TEST(MessageReader, ALargeMessageArrivesWhole) {
  MessageReader reader{Limits{}};
  const auto octets = sized_request(1, 5'000'000);
  IncomingMessage message;

  for (std::size_t at = 0; at < octets.size(); at += 70'000) {
    feed(reader, std::span(octets).subspan(at, std::min<std::size_t>(70'000, octets.size() - at)));
    const auto step = reader.next(message);
    ASSERT_EQ(step, at + 70'000 < octets.size() ? Step::need_more : Step::message);
  }

  EXPECT_TRUE(
      std::equal(message.octets.begin(), message.octets.end(), octets.begin(), octets.end()));
  message = {};
  EXPECT_LE(reader.space().size(), 64u * 1024) << "the large buffer was not given back";
}

TEST(MessageReader, JoinsFragmentsThatInterleave) {
  MessageReader reader{Limits{}};
  const auto first = sized_request(2, 4000);
  const auto second = sized_request(4, 3000);
  const auto one = fragments_of(first, 2, 1024);
  const auto two = fragments_of(second, 4, 1024);
  IncomingMessage message;
  std::vector<std::size_t> sizes;

  for (std::size_t i = 0; i < one.size(); ++i) {
    feed(reader, one[i]);
    while (reader.next(message) == Step::message) sizes.push_back(message.octets.size());
    if (i < two.size()) feed(reader, two[i]);
    while (reader.next(message) == Step::message) sizes.push_back(message.octets.size());
  }

  EXPECT_EQ(sizes, (std::vector<std::size_t>{second.size(), first.size()}));
  EXPECT_FALSE(reader.in_message());
}

TEST(MessageReader, RefusesASeventeenthMessageInFragments) {
  MessageReader reader{Limits{}};
  IncomingMessage message;

  for (std::uint32_t id = 0; id < 16; ++id) {
    feed(reader, fragments_of(sized_request(id, 64), id, 32).front());
    ASSERT_EQ(reader.next(message), Step::need_more) << id;
  }
  feed(reader, fragments_of(sized_request(16, 64), 16, 32).front());

  EXPECT_EQ(reader.next(message), Step::broken);
  EXPECT_FALSE(reader.describe_error().empty());
}

TEST(MessageReader, ACancelledPartialMessageIsForgotten) {
  MessageReader reader{Limits{}};
  IncomingMessage message;
  const auto fragments = fragments_of(sized_request(8, 64), 8, 32);
  feed(reader, fragments.front());
  ASSERT_EQ(reader.next(message), Step::need_more);

  reader.cancel(8);

  EXPECT_FALSE(reader.in_message());
}

TEST(MessageReader, BreaksAtWhatIsNoGiop) {
  for (const std::size_t position : {0u, 4u, 5u, 7u}) {
    MessageReader reader{Limits{}};
    auto octets = sized_request(1, 0);
    octets[position] = std::byte{99};
    feed(reader, octets);
    IncomingMessage message;

    EXPECT_EQ(reader.next(message), Step::broken) << "octet " << position;
  }
}

TEST(MessageReader, WholeMessagesBringFragmentsNoMoreTime) {
  Limits limits;
  limits.fragment_timeout = 30s;
  MessageReader reader(limits);
  IncomingMessage message;
  const auto take = [&](const Octets& octets) {
    feed(reader, octets);
    return reader.next(message);
  };
  const auto whole = test::request_octets(2);
  auto begun = test::request_octets(4);
  begun[6] |= giop::kMoreFragments;
  ASSERT_EQ(take(begun), Step::need_more);
  const auto until = reader.patience();

  ASSERT_EQ(take(whole), Step::message);

  EXPECT_EQ(reader.patience(), until);
}

TEST(MessageReader, PatienceIsShortForAHeaderAndRunsFromItsFirstOctet) {
  Limits limits;
  limits.partial_header_timeout = 5s;
  limits.body_timeout = 30s;
  MessageReader reader{limits};
  const auto octets = sized_request(1, 10);
  IncomingMessage message;
  EXPECT_TRUE(reader.patience().is_never());

  feed(reader, std::span(octets).first(3));
  ASSERT_EQ(reader.next(message), Step::need_more);
  const auto at_first = reader.patience();
  EXPECT_LE(at_first.remaining(), 5s);
  feed(reader, std::span(octets).subspan(3, 3));
  ASSERT_EQ(reader.next(message), Step::need_more);
  EXPECT_EQ(reader.patience(), at_first) << "an octet now and then must not bring more time";

  feed(reader, std::span(octets).subspan(6, 8));
  ASSERT_EQ(reader.next(message), Step::need_more);
  EXPECT_GT(reader.patience().remaining(), 20s);
}

}  // namespace corbel::connection
