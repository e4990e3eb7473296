#include <gtest/gtest.h>

#include <corbel/exceptions.hpp>
#include <orb/ior/object_key.hpp>
#include <orb/ior/reference_data.hpp>
#include <tests/support/wire_sample.hpp>

#include <unordered_set>

namespace corbel {
namespace {

const std::vector<Endpoint> kEndpoints = {{"10.0.0.7", 1}, {"::1", 2}};

TEST(ObjectId, PrintsReadably) {
  EXPECT_EQ(ObjectId("alice-1").to_string(), "alice-1");
  EXPECT_EQ(ObjectId("a\nb").to_string(), "a%0Ab");
  EXPECT_EQ(
      ObjectId(std::string("\x12\x3e\x45\x67\xe8\x9b\x42\xd3\xa4\x56\x42\x66\x14\x17\x40\x00", 16))
          .to_string(),
      "123e4567-e89b-42d3-a456-426614174000");
  EXPECT_EQ(ObjectId("exactly 16 chars").to_string(), "exactly 16 chars");
}

TEST(Endpoint, PutsIpv6InBrackets) {
  EXPECT_EQ((Endpoint{"h", 1}).to_string(), "h:1");
  EXPECT_EQ((Endpoint{"::1", 2}).to_string(), "[::1]:2");
}

TEST(ObjectRef, TheDefaultIsNil) {
  const ObjectRef nil;

  EXPECT_TRUE(nil.is_nil());
  EXPECT_EQ(nil.host(), "");
  EXPECT_EQ(nil.port(), 0);
  EXPECT_EQ(nil.object_key(), "");
  EXPECT_TRUE(nil.endpoints().empty());
  EXPECT_EQ(nil, ObjectRef());
}

TEST(ObjectRef, OursSaysWhenAndWhereItsAdapterBegan) {
  const std::string key =
      ior::encode_object_key({1234567890123456789, "bank", ObjectId("alice"), true});

  const ObjectRef ref = ior::make_reference("IDL:bank/Account:1.0", kEndpoints, key);

  EXPECT_EQ(ref.timestamp(), 1234567890123456789u);
  EXPECT_EQ(ref.adapter_name(), "bank");
  EXPECT_EQ(ref.object_id(), ObjectId("alice"));
  EXPECT_EQ(ref.endpoints(), kEndpoints);
  EXPECT_EQ(ref.profiles().size(), 1u);
  EXPECT_EQ(ref.data().iiop[0].code_sets, ior::own_code_sets());
  EXPECT_EQ(ref.data().iiop[0].orb_type, ior::kCorbelOrbType);
  EXPECT_EQ(ObjectRef::parse(ref.to_string()), ref);
}

TEST(ObjectRef, FurtherAddressesBecomeProfilesWhereTheVersionHasNoAlternates) {
  const auto v10 = ior::make_reference("", kEndpoints, "k", {1, 0});
  const auto v11 = ior::make_reference("", kEndpoints, "k", {1, 1});
  const auto asked = ior::make_reference("", kEndpoints, "k", {1, 2}, ior::MoreAddresses::profiles);

  for (const ObjectRef& ref : {v10, v11, asked}) {
    EXPECT_EQ(ref.profiles().size(), 2u);
    EXPECT_EQ(ref.endpoints(), kEndpoints);
  }
}

TEST(ObjectRef, AtReachesAWellKnownKey) {
  const ObjectRef ref = ObjectRef::at(kEndpoints, "NameService");

  EXPECT_EQ(ref.endpoints(), kEndpoints);
  EXPECT_EQ(ref.data().profile_of(1).version, (GiopVersion{1, 2}));
  EXPECT_EQ(ref.to_corbaloc(), "corbaloc:iiop:1.2@10.0.0.7:1,iiop:1.2@[::1]:2/NameService");
}

TEST(ObjectRef, EqualityAsksForAddressesAndKeyNotForTheType) {
  const auto account = ior::make_reference("IDL:Account:1.0", kEndpoints, "k");

  EXPECT_EQ(account, ior::make_reference("", kEndpoints, "k"));
  EXPECT_EQ(account.hash(), ior::make_reference("", kEndpoints, "k").hash());
  EXPECT_EQ(account, ior::with_type_id(account, "IDL:Savings:1.0"));
  EXPECT_NE(account, ior::make_reference("IDL:Account:1.0", kEndpoints, "l"));
  EXPECT_NE(account, ior::make_reference("IDL:Account:1.0", {{kEndpoints[0]}}, "k"));
  EXPECT_NE(account, ObjectRef());
}

TEST(ObjectRef, ProfilesOfOtherKindsCountOctetByOctet) {
  const ObjectRef one("", {{77, {std::byte{1}}}});
  const ObjectRef same("", {{77, {std::byte{1}}}});
  const ObjectRef octet("", {{77, {std::byte{2}}}});
  const ObjectRef tag("", {{78, {std::byte{1}}}});

  EXPECT_FALSE(one.is_nil());
  EXPECT_EQ(one, same);
  EXPECT_NE(one, octet);
  EXPECT_NE(one, tag);
  EXPECT_THROW(one.to_corbaloc(), BadParam);
}

TEST(ObjectRef, IsAKeyOfHashedContainers) {
  std::unordered_set<ObjectRef> refs;
  for (int i = 0; i < 100; ++i) refs.insert(ObjectRef::at({{"h", 1}}, std::to_string(i % 50)));

  EXPECT_EQ(refs.size(), 50u);
}

TEST(ObjectRef, TravelsUnchangedInBothByteOrders) {
  const auto sample = corbel::testing::wire_sample("ior_12_big");
  for (const auto order : {cdr::ByteOrder::big, cdr::ByteOrder::little}) {
    const auto ref = ior::make_reference("IDL:bank/Account:1.0", kEndpoints, "k");
    cdr::Encoder encoder({.order = order});
    encoder.write(std::uint8_t{1});  // so that something must be aligned

    Type<ObjectRef>::encode(encoder, ref);
    Type<ObjectRef>::encode(encoder, ObjectRef());
    const auto octets = encoder.copy();
    cdr::Decoder decoder(octets, {.order = order});
    decoder.skip(1);
    ObjectRef read;
    Type<ObjectRef>::decode(decoder, read);
    ObjectRef nil = read;
    Type<ObjectRef>::decode(decoder, nil);

    EXPECT_FALSE(decoder.failed());
    EXPECT_EQ(decoder.remaining(), 0u);
    EXPECT_EQ(read, ref);
    EXPECT_EQ(read.type_id(), "IDL:bank/Account:1.0");
    EXPECT_TRUE(nil.is_nil());
  }
}

TEST(ObjectRef, FailsToDecodeWhenCutAnywhere) {
  cdr::Encoder encoder;
  Type<ObjectRef>::encode(encoder, ior::make_reference("IDL:bank/Account:1.0", kEndpoints, "k"));
  const auto octets = encoder.copy();

  for (std::size_t size = 0; size < octets.size(); ++size) {
    cdr::Decoder decoder{std::span(octets).first(size)};
    ObjectRef ref;
    Type<ObjectRef>::decode(decoder, ref);

    EXPECT_TRUE(decoder.failed()) << size;
    EXPECT_TRUE(ref.is_nil());
  }
}

TEST(ObjectRef, ManyTinyProfilesMeetTheBudget) {
  cdr::Encoder encoder;
  encoder.write_string("IDL:x:1.0");
  encoder.write_count(20'000);
  for (int i = 0; i < 20'000; ++i) {
    encoder.write(std::uint32_t{0});
    encoder.write(std::uint32_t{0});
  }
  const auto octets = encoder.copy();
  cdr::Decoder decoder(octets, {}, {.materialized_octets = 1 << 19});
  ObjectRef ref;

  Type<ObjectRef>::decode(decoder, ref);

  EXPECT_TRUE(decoder.failed());
}

TEST(ObjectRef, ManyAddressesBesideALongKeyCostNoMoreThanTheirOctets) {
  const std::vector<Endpoint> endpoints(20'000, Endpoint{"h", 1});
  const std::string key(1 << 20, 'k');

  const ObjectRef one = ior::make_reference("", endpoints, key);
  const ObjectRef other = ior::make_reference("", endpoints, key);

  EXPECT_EQ(one, other);
  EXPECT_EQ(one.hash(), other.hash());
  EXPECT_EQ(one.to_corbaloc(), other.to_corbaloc());
}

TEST(ObjectRef, OneProfileWithAlternatesEqualsAProfileForEachAddress) {
  const auto alternates = ior::make_reference("", kEndpoints, "k");
  const auto profiles =
      ior::make_reference("", kEndpoints, "k", {1, 2}, ior::MoreAddresses::profiles);

  EXPECT_EQ(alternates, profiles);
  EXPECT_EQ(alternates.hash(), profiles.hash());
}

TEST(ObjectRef, AnInitialReferenceCannotTravel) {
  cdr::Encoder encoder;

  EXPECT_THROW(Type<ObjectRef>::encode(encoder, ObjectRef::parse("corbaloc:rir:/X")), BadParam);
}

}  // namespace
}  // namespace corbel
