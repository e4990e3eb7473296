#include <gtest/gtest.h>

#include <corbel/exceptions.hpp>
#include <orb/ior/object_key.hpp>

#include <limits>

namespace corbel::ior {
namespace {

ObjectKey sample() { return {0x0102030405060708, "bank", ObjectId(std::string("a\0b", 3)), false}; }

TEST(ObjectKey, HasTheDocumentedLayout) {
  const std::string octets = encode_object_key(sample());

  EXPECT_EQ(octets, std::string("CORB\x01\x00"
                                "\x01\x02\x03\x04\x05\x06\x07\x08"
                                "\x00\x04"
                                "bank"
                                "\x00\x00\x00\x03"
                                "a\0b",
                                27));
}

TEST(ObjectKey, SurvivesTheWayToOctetsAndBack) {
  for (const std::size_t adapter_size : {0u, 1u, 7u, 8u, 255u, 256u, 65535u}) {
    for (const std::size_t id_size : {0u, 1u, 16u, 300u}) {
      ObjectKey key;
      key.timestamp = std::numeric_limits<std::uint64_t>::max() - adapter_size;
      key.adapter.assign(adapter_size, '\xfe');
      key.id = ObjectId(std::string(id_size, '\0'));
      key.persistent = id_size % 2 == 0;

      EXPECT_EQ(parse_object_key(encode_object_key(key)), key);
    }
  }
}

TEST(ObjectKey, IsNotOursWhenAnyOctetIsMissing) {
  const std::string octets = encode_object_key(sample());

  for (std::size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(view_object_key(std::string_view(octets).substr(0, size))) << size;
  }
}

TEST(ObjectKey, IsNotOursWithOctetsTooMany) {
  EXPECT_FALSE(view_object_key(encode_object_key(sample()) + "x"));
}

TEST(ObjectKey, IsNotOursInAnotherVersionOrWithUnknownFlags) {
  std::string version = encode_object_key(sample());
  version[4] = 2;
  std::string flags = encode_object_key(sample());
  flags[5] = 2;

  EXPECT_FALSE(view_object_key(version));
  EXPECT_FALSE(view_object_key(flags));
}

TEST(ObjectKey, WildLengthsAreForeign) {
  std::string adapter = encode_object_key(sample());
  adapter[14] = adapter[15] = '\xff';
  std::string id = encode_object_key(sample());
  id[20] = id[21] = id[22] = id[23] = '\xff';

  EXPECT_FALSE(view_object_key(adapter));
  EXPECT_FALSE(view_object_key(id));
}

TEST(ObjectKey, OtherOrbsKeysAreForeign) {
  EXPECT_FALSE(view_object_key(""));
  EXPECT_FALSE(view_object_key("NameService"));
  EXPECT_FALSE(view_object_key("CORBA is older than this key and longer than its header"));
}

TEST(ObjectKey, RefusesAnAdapterNameThatItsLengthCannotTell) {
  EXPECT_THROW(encode_object_key({0, std::string(65536, 'a'), {}, false}), BadParam);
}

}  // namespace
}  // namespace corbel::ior
