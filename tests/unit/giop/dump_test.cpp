#include <orb/giop/dump.hpp>

#include <gmock/gmock.h>

#include <corbel/reference.hpp>
#include <orb/giop/request.hpp>
#include <orb/ior/object_key.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

TEST(Describe, NamesWhatMattersInEachMessage) {
  const auto said = [](const char* sample) { return describe(testing::wire_sample(sample)); };

  EXPECT_EQ(said("request_12_big"),
            "Request 1.2 big-endian, 96 octets, id 7, operation \"withdraw\", key "
            "\"\\x00k\xff\", service contexts 1 1413566208");
  EXPECT_EQ(said("oneway_10_little"),
            "Request 1.0 little-endian, 56 octets, id 8, expects no reply, operation \"ping\", key "
            "\"NameService\"");
  EXPECT_EQ(said("reply_system_exception_11_little"),
            "Reply 1.1 little-endian, 76 octets, id 7, system exception, "
            "\"IDL:omg.org/CORBA/OBJECT_NOT_EXIST:1.0\" minor 1330446337, completed COMPLETED_NO");
  EXPECT_EQ(said("cancel_request_12_big"), "CancelRequest 1.2 big-endian, 16 octets, id 7");
  EXPECT_EQ(said("close_connection_12_big"), "CloseConnection 1.2 big-endian, 12 octets");
  EXPECT_THAT(said("locate_request_12_big"), ::testing::HasSubstr("LocateRequest 1.2"));
  EXPECT_THAT(said("locate_reply_here_12_big"), ::testing::HasSubstr("status 1"));
}

TEST(Describe, ShowsOurOwnKeysInParts) {
  cdr::Encoder encoder;
  begin_message(encoder, MessageType::request);
  write_request_header(encoder, 1, ResponseKind::target,
                       ior::encode_object_key({5, "bank", ObjectId("alice"), false}), "op");
  finish_message(encoder);

  EXPECT_THAT(describe(encoder.octets()), ::testing::HasSubstr("key \"bank\"/alice of 5"));
}

TEST(Describe, SaysWhatIsWrong) {
  auto message = testing::wire_sample("request_12_big");
  message.resize(40);

  EXPECT_THAT(describe(message), ::testing::HasSubstr("of which 40 are here"));
  EXPECT_THAT(describe(message), ::testing::HasSubstr("malformed"));
  EXPECT_EQ(describe(std::span(message).first(5)), "5 octets, less than a header");
  message[0] = std::byte{0};
  EXPECT_EQ(describe(message), "this is no GIOP message");
}

TEST(HexDump, ShowsOffsetDigitsAndCharacters) {
  EXPECT_EQ(hex_dump(testing::octets("47 49 4f 50 01 02 00 00 00 00 00 54 00 00 00 07 7f 41")),
            "000000  47 49 4f 50 01 02 00 00 00 00 00 54 00 00 00 07  GIOP.......T....\n"
            "000010  7f 41                                            .A\n");
}

TEST(HexDump, StopsAtItsBound) {
  const std::vector<std::byte> octets(100);

  EXPECT_THAT(hex_dump(octets, 16), ::testing::HasSubstr("... 84 more octets"));
}

}  // namespace
}  // namespace corbel::giop
