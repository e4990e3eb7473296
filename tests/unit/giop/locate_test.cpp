#include <orb/giop/locate.hpp>

#include <orb/giop/reply.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

const std::string_view kKey("\0k\xff", 3);

class AnyLocate : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyLocate, kEveryFlavour);

TEST_P(AnyLocate, ALocateRequestIsReadAndWritten) {
  const auto sample = GetParam().sample("locate_request");
  auto decoder = decoder_for(sample);
  LocateRequestHeader request;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_locate_request(decoder, request));
  write_locate_request(encoder, GetParam().version(), 9, kKey);

  EXPECT_EQ(request.request_id, 9u);
  EXPECT_EQ(request.object_key, kKey);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyLocate, ALocateReplyIsReadAndWritten) {
  const auto sample = GetParam().sample("locate_reply_here");
  auto decoder = decoder_for(sample);
  LocateReplyHeader reply;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_locate_reply(decoder, reply));
  write_locate_reply(encoder, GetParam().version(), 9, LocateStatus::object_here);

  EXPECT_EQ(reply.request_id, 9u);
  EXPECT_EQ(reply.status, LocateStatus::object_here);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyLocate, AForwardFollowsWithoutAlignment) {
  const auto sample = GetParam().sample("locate_reply_forward");
  auto decoder = decoder_for(sample);
  LocateReplyHeader reply;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_locate_reply(decoder, reply));
  ObjectRef target;
  Type<ObjectRef>::decode(decoder, target);
  write_locate_forward(encoder, GetParam().version(), 9, target);

  EXPECT_EQ(reply.status, LocateStatus::object_forward);
  EXPECT_EQ(target.host(), "example.org");
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyLocate, WhatAVersionCannotTellBecomesWhatItCan) {
  auto exception = GetParam().encoder();
  auto forward = GetParam().encoder();

  write_locate_exception(exception, GetParam().version(), 1, Transient("busy"));
  write_locate_forward(forward, GetParam().version(), 1, ObjectRef(), true);

  LocateReplyHeader reply;
  auto exception_decoder = decoder_for(exception.octets());
  ASSERT_TRUE(decode_locate_reply(exception_decoder, reply));
  EXPECT_EQ(reply.status,
            GetParam().minor == 2 ? LocateStatus::system_exception : LocateStatus::unknown_object);
  auto forward_decoder = decoder_for(forward.octets());
  ASSERT_TRUE(decode_locate_reply(forward_decoder, reply));
  EXPECT_EQ(reply.status, GetParam().minor == 2 ? LocateStatus::object_forward_perm
                                                : LocateStatus::object_forward);
}

TEST(Locate, AnExceptionIsReadAndWritten) {
  for (const auto order : {cdr::ByteOrder::big, cdr::ByteOrder::little}) {
    const auto sample =
        testing::wire_sample(order == cdr::ByteOrder::big ? "locate_reply_exception_big"
                                                          : "locate_reply_exception_little");
    auto decoder = decoder_for(sample);
    LocateReplyHeader reply;
    SystemExceptionBody body;
    cdr::Encoder encoder({.order = order});

    ASSERT_TRUE(decode_locate_reply(decoder, reply));
    ASSERT_TRUE(decode_system_exception(decoder, body));
    write_locate_exception(encoder, {1, 2}, 9, Transient({}, Completion::no, 2));

    EXPECT_EQ(body.repository_id, "IDL:omg.org/CORBA/TRANSIENT:1.0");
    EXPECT_EQ(encoder.copy(), sample);
  }
}

TEST(Locate, AnotherAddressingModeCanBeAskedFor) {
  cdr::Encoder encoder;

  write_locate_needs_addressing_mode(encoder, 4);

  auto decoder = decoder_for(encoder.octets());
  LocateReplyHeader reply;
  ASSERT_TRUE(decode_locate_reply(decoder, reply));
  EXPECT_EQ(reply.status, LocateStatus::needs_addressing_mode);
  EXPECT_EQ(decode_addressing_disposition(decoder), AddressingDisposition::key);
}

TEST(Locate, AnUnknownStatusIsRefused) {
  auto message = testing::wire_sample("locate_reply_here_11_big");
  message[19] = std::byte{3};
  auto decoder = decoder_for(message);
  LocateReplyHeader reply;

  EXPECT_FALSE(decode_locate_reply(decoder, reply));
}

}  // namespace
}  // namespace corbel::giop
