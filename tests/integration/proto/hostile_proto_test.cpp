#include <chat.corbel.hpp>

#include <corbel/orb.hpp>

#include <gtest/gtest.h>

// Octets that are no message, and references in messages that are none.
namespace corbel::test {
namespace {

using chat::v1::Line;

/// Line as CDR, cut or spoilt by the test.
std::vector<std::byte> octets_of(const Line& line) {
  cdr::Encoder encoder;
  proto::Message<Line>::encode(encoder, line);
  return encoder.copy();
}

std::string failure_of(const std::vector<std::byte>& octets, Line& line) {
  cdr::Decoder decoder(octets);
  proto::Message<Line>::decode(decoder, line);
  return std::string(decoder.failure());
}

Line sample() {
  Line line;
  line.set_author("anna");
  line.set_text("good morning");
  return line;
}

}  // namespace

TEST(ProtoMessage, IsALengthAndItsOctets) {
  const auto octets = octets_of(sample());
  ASSERT_EQ(octets.size(), 4 + sample().ByteSizeLong());
  Line again;
  EXPECT_EQ(failure_of(octets, again), "");
  EXPECT_EQ(again.text(), "good morning");
}

TEST(ProtoMessage, CutAnywhereIsRefused) {
  const auto octets = octets_of(sample());
  for (std::size_t size = 0; size < octets.size(); ++size) {
    Line line;
    EXPECT_NE(
        failure_of({octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)}, line), "")
        << size << " octets";
  }
}

TEST(ProtoMessage, ThatProtobufCannotParseIsRefused) {
  auto octets = octets_of(sample());
  octets[4] = std::byte{0xff};  // the first field's tag
  Line line;
  EXPECT_EQ(failure_of(octets, line), "octets are no such protobuf message");
}

TEST(ProtoMessage, WithTextThatIsNoUtf8IsRefused) {
  auto octets = octets_of(sample());
  octets.back() = std::byte{0xff};
  Line line;
  EXPECT_EQ(failure_of(octets, line), "octets are no such protobuf message");
}

TEST(ProtoReference, IsRefusedUnlessItStandsForItself) {
  Orb orb{OrbOptions{}};
  for (const char* uri : {"corbaname::127.0.0.1:1#a", "corbaloc:rir:/NameService", "nonsense",
                          "IOR:zz", "file:///etc/passwd"}) {
    ObjectReference reference;
    reference.set_uri(uri);
    EXPECT_THROW(proto::get_reference<chat::v1::Listener>(orb, reference), BadParam) << uri;
  }
  EXPECT_TRUE(is_nil(proto::get_reference<chat::v1::Listener>(orb, ObjectReference())));
  ObjectReference reference;
  reference.set_uri("corbaloc::127.0.0.1:1/x");
  EXPECT_FALSE(is_nil(proto::get_reference<chat::v1::Listener>(orb, reference)));
}

}  // namespace corbel::test
