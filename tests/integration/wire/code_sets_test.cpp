#include "tests/integration/wire/raw_peer.hpp"
#include "tests/support/fake_server.hpp"

#include <orb/ior/code_sets.hpp>
#include <orb/ior/profile.hpp>
#include <orb/ior/tagged_component.hpp>

#include <gtest/gtest.h>

#include <mutex>

namespace corbel::test {

namespace {

using cdr::CodeSet;

// Of an East Asian registry that no ORB of ours converts, and one that no registry knows.
constexpr CodeSet kUnregistered{0x77770001};

/// A reference to a server at `address` that says this about its code sets.
ObjectRef reference_with(const ObjectRef& address, const ior::CodeSetInfo& info) {
  auto profile = *ior::parse_iiop_profile(address.profiles().front().data);
  profile.components = {ior::make_code_sets(info)};
  return ObjectRef("IDL:failures/Counter:1.0", {ior::build_iiop_profile(profile)});
}

/// Keeps what the last request carried: the octets of its first text, and the CodeSets context.
class TextServer {
 public:
  ObjectRef reference() const { return ObjectRef::parse(server_.reference()); }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  std::optional<ior::TransmissionCodeSets> sets() {
    const std::lock_guard lock(mutex_);
    return sets_;
  }

 private:
  void talk(GiopPeer& peer) {
    while (const auto message = peer.receive()) {
      auto decoder = message->decoder({}, {});
      giop::RequestHeader header;
      if (!giop::decode_request_header(decoder, header)) return;
      {
        const std::lock_guard lock(mutex_);
        decoder.read<std::uint32_t>();
        text_ = decoder.read_string_view();
        const auto context = header.service_contexts.find(giop::kCodeSets);
        sets_ = context ? giop::decode_code_sets(*context) : std::nullopt;
      }
      peer.send(
          reply_octets(header.request_id, [](cdr::Encoder& body) { body.write_string("done"); }));
    }
  }

  std::mutex mutex_;
  std::string text_;
  std::optional<ior::TransmissionCodeSets> sets_;
  FakeServer server_{[this](GiopPeer& peer, int) { talk(peer); }};
};

const failures::Texts kHello{"h\u00e9llo"};
constexpr std::string_view kUtf8 = "h\xc3\xa9llo";
constexpr std::string_view kLatin1 = "h\xe9llo";

}  // namespace

TEST(CodeSets, APeerOfUtf8GetsUtf8AndIsToldSo) {
  TextServer server;
  Orb orb;
  const auto counter = orb.object<failures::Counter>(
      reference_with(server.reference(), {{CodeSet::utf8, {}}, {CodeSet::utf16, {}}}));

  counter.join(kHello, Any());

  EXPECT_EQ(server.text(), kUtf8);
  EXPECT_EQ(server.sets(), (ior::TransmissionCodeSets{CodeSet::utf8, CodeSet::utf16}));
  counter.join(kHello, Any());
  EXPECT_EQ(server.sets(), std::nullopt) << "once on a connection is enough";
}

TEST(CodeSets, APeerOfLatin1GetsLatin1AndIsToldSo) {
  TextServer server;
  Orb orb;
  const auto counter = orb.object<failures::Counter>(
      reference_with(server.reference(), {{CodeSet::iso8859_1, {}}, {CodeSet::utf16, {}}}));

  counter.join(kHello, Any());

  EXPECT_EQ(server.text(), kLatin1);
  EXPECT_EQ(server.sets(), (ior::TransmissionCodeSets{CodeSet::iso8859_1, CodeSet::utf16}));
  EXPECT_EQ(failure_of([&] { counter.join({"\u20ac"}, Any()); }), "DATA_CONVERSION COMPLETED_NO");
}

TEST(CodeSets, APeerWithoutWideCharactersIsToldOfTheNarrowOnes) {
  TextServer server;
  Orb orb;
  const auto counter =
      orb.object<failures::Counter>(reference_with(server.reference(), {{CodeSet::utf8, {}}, {}}));

  counter.join(kHello, Any());

  EXPECT_EQ(server.text(), kUtf8);
  EXPECT_EQ(server.sets(), (ior::TransmissionCodeSets{CodeSet::utf8, CodeSet::none}));
}

TEST(CodeSets, WithoutAnyWordAboutThemTextIsLatin1) {
  TextServer server;
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  counter.join(kHello, Any());

  EXPECT_EQ(server.text(), kLatin1);
  EXPECT_EQ(server.sets(), std::nullopt);
}

TEST(CodeSets, WithNoneInCommonACallFails) {
  TextServer server;
  Orb orb;
  const auto counter = orb.object<failures::Counter>(
      reference_with(server.reference(), {{kUnregistered, {}}, {CodeSet::utf16, {}}}));

  EXPECT_EQ(failure_of([&] { counter.join(kHello, Any()); }), "CODESET_INCOMPATIBLE COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { counter.async_join(kHello, Any()).get(); }),
            "CODESET_INCOMPATIBLE COMPLETED_NO");
}

TEST(CodeSets, WithNoneInCommonTheNextProfileIsTried) {
  TextServer strange;
  TextServer usual;
  Orb orb;
  const auto first = reference_with(strange.reference(), {{kUnregistered, {}}, {}});
  const auto second =
      reference_with(usual.reference(), {{CodeSet::utf8, {}}, {CodeSet::utf16, {}}});
  const auto counter = orb.object<failures::Counter>(
      ObjectRef("IDL:failures/Counter:1.0", {first.profiles().front(), second.profiles().front()}));

  EXPECT_EQ(counter.join(kHello, Any()), "done");
  EXPECT_EQ(counter.async_join(kHello, Any()).get(), "done");

  EXPECT_EQ(usual.text(), kUtf8);
  EXPECT_EQ(strange.text(), "");
}

TEST(CodeSets, OurServerTakesWhatTheFirstRequestSays) {
  LiveCounter server;
  const auto answer_to = [&](const ior::TransmissionCodeSets& sets, std::string_view octets) {
    auto peer = server.connect();
    const auto context = giop::encode_code_sets(sets);
    const std::array contexts{context.context()};
    cdr::Encoder encoder;
    giop::begin_message(encoder, giop::MessageType::request);
    giop::write_request_header(encoder, 2, giop::ResponseKind::target, "counter", "join", contexts);
    giop::write_body(encoder, [&](cdr::Encoder& body) {
      body.write(std::uint32_t{1});
      body.write_count(octets.size() + 1);
      body.write_octets(std::as_bytes(std::span(octets)));
      body.write(std::uint8_t{0});
      body.write(std::uint32_t{0});
    });
    giop::finish_message(encoder);
    peer.send(octets_of(encoder));
    const auto reply = peer.receive();
    if (!reply) throw std::runtime_error("no reply");
    auto decoder = reply->decoder({}, {});
    giop::ReplyHeader header;
    EXPECT_TRUE(giop::decode_reply_header(decoder, header));
    return std::string(decoder.read_string_view());
  };

  EXPECT_EQ(answer_to({CodeSet::utf8, CodeSet::utf16}, kUtf8), kUtf8);
  EXPECT_EQ(answer_to({CodeSet::iso8859_1, CodeSet::utf16}, kLatin1), kLatin1);
  EXPECT_EQ(answer_to({CodeSet::iso8859_1, CodeSet::none}, kLatin1), kLatin1);
  EXPECT_EQ(answer_to({kUnregistered, CodeSet::utf16}, kUtf8),
            "IDL:omg.org/CORBA/CODESET_INCOMPATIBLE:1.0");
}

}  // namespace corbel::test
