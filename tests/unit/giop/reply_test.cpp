#include <orb/giop/reply.hpp>

#include <corbel/reference.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

class AnyReply : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyReply, kEveryFlavour);

TEST_P(AnyReply, AResultIsReadAndWritten) {
  const auto sample = GetParam().sample("reply");
  auto decoder = decoder_for(sample);
  ReplyHeader reply;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  begin_message(encoder, MessageType::reply, GetParam().version());
  write_reply_header(encoder, 7, ReplyStatus::no_exception);
  write_body(encoder, [](cdr::Encoder& body) { body.write(90.0); });
  finish_message(encoder);

  EXPECT_EQ(reply.request_id, 7u);
  EXPECT_EQ(reply.status, ReplyStatus::no_exception);
  EXPECT_EQ(decoder.read<double>(), 90.0);
  EXPECT_EQ(decoder.remaining(), 0u);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyReply, AReplyWithoutResultHasNoPadding) {
  const auto sample = GetParam().sample("reply_void");
  auto decoder = decoder_for(sample);
  ReplyHeader reply;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  begin_message(encoder, MessageType::reply, GetParam().version());
  write_reply_header(encoder, 7, ReplyStatus::no_exception);
  write_body(encoder, [](cdr::Encoder&) {});
  finish_message(encoder);

  EXPECT_EQ(decoder.remaining(), 0u);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyReply, AUserExceptionIsRead) {
  const auto sample = GetParam().sample("reply_user_exception");
  auto decoder = decoder_for(sample);
  ReplyHeader reply;

  ASSERT_TRUE(decode_reply_header(decoder, reply));

  EXPECT_EQ(reply.status, ReplyStatus::user_exception);
  EXPECT_EQ(decoder.read_string_view(), "IDL:bank/InsufficientFunds:1.0");
  EXPECT_EQ(decoder.read<double>(), 3.5);
  EXPECT_EQ(decoder.remaining(), 0u);
}

TEST_P(AnyReply, ASystemExceptionIsReadAndWritten) {
  const auto sample = GetParam().sample("reply_system_exception");
  auto decoder = decoder_for(sample);
  ReplyHeader reply;
  SystemExceptionBody body;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  ASSERT_TRUE(decode_system_exception(decoder, body));
  write_system_exception_reply(encoder, GetParam().version(), 7,
                               ObjectNotExist({}, Completion::no, 0x4f4d0001));

  EXPECT_EQ(reply.status, ReplyStatus::system_exception);
  EXPECT_EQ(body.repository_id, "IDL:omg.org/CORBA/OBJECT_NOT_EXIST:1.0");
  EXPECT_EQ(body.minor, 0x4f4d0001u);
  EXPECT_EQ(body.completed, Completion::no);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyReply, ASystemExceptionIsRaisedWithItsMessage) {
  auto encoder = GetParam().encoder();
  write_system_exception_reply(
      encoder, GetParam().version(), 7,
      Transient("die Schlange ist voll \xc3\xbc \xf0\x9f\x98\x80", Completion::no, 3));
  const auto message = encoder.copy();
  auto decoder = decoder_for(message);
  ReplyHeader reply;
  ASSERT_TRUE(decode_reply_header(decoder, reply));

  try {
    raise_system_exception_reply(decoder, reply);
  } catch (const Transient& exception) {
    EXPECT_EQ(exception.message(), "die Schlange ist voll \xc3\xbc \xf0\x9f\x98\x80");
    EXPECT_EQ(exception.minor(), 3u);
    EXPECT_EQ(exception.completed(), Completion::no);
  }
}

TEST_P(AnyReply, ASystemExceptionWithoutAMessageGetsTheCallersText) {
  auto encoder = GetParam().encoder();
  write_system_exception_reply(encoder, GetParam().version(), 7, ObjectNotExist());
  const auto message = encoder.copy();
  auto decoder = decoder_for(message);
  ReplyHeader reply;
  ASSERT_TRUE(decode_reply_header(decoder, reply));

  try {
    raise_system_exception_reply(decoder, reply, "call ping at 10.0.0.7:2809");
  } catch (const ObjectNotExist& exception) {
    EXPECT_EQ(exception.message(), "call ping at 10.0.0.7:2809");
  }
}

TEST_P(AnyReply, AForwardIsReadAndWritten) {
  const auto sample = GetParam().sample("reply_forward");
  auto decoder = decoder_for(sample);
  ReplyHeader reply;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  ObjectRef target;
  Type<ObjectRef>::decode(decoder, target);
  write_forward_reply(encoder, GetParam().version(), 7, target);

  EXPECT_EQ(reply.status, ReplyStatus::location_forward);
  EXPECT_EQ(target.to_corbaloc(), "corbaloc:iiop:1.0@example.org:2809/%00k%ff");
  EXPECT_EQ(decoder.remaining(), 0u);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyReply, APermanentForwardExistsFrom12On) {
  auto encoder = GetParam().encoder();

  write_forward_reply(encoder, GetParam().version(), 7, ObjectRef(), true);
  const auto message = encoder.copy();
  auto decoder = decoder_for(message);
  ReplyHeader reply;

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  EXPECT_EQ(reply.status, GetParam().minor == 2 ? ReplyStatus::location_forward_perm
                                                : ReplyStatus::location_forward);
}

TEST_P(AnyReply, UnknownStatusesAreRefused) {
  const unsigned last = GetParam().minor == 2 ? 5 : 3;
  for (unsigned status = 0; status < 10; ++status) {
    auto message = GetParam().sample("reply_void");
    const std::size_t field = GetParam().minor == 2 ? 16 : 20;
    message[field + (GetParam().order == cdr::ByteOrder::big ? 3 : 0)] =
        static_cast<std::byte>(status);
    auto decoder = decoder_for(message);
    ReplyHeader reply;

    EXPECT_EQ(decode_reply_header(decoder, reply), status <= last) << status;
  }
}

TEST_P(AnyReply, ABrokenSystemExceptionIsMarshal) {
  const auto whole = GetParam().sample("reply_system_exception");
  const auto message = std::span(whole).first(whole.size() - 2);
  auto decoder = message_decoder(message, header_of(whole));
  ReplyHeader reply;
  ASSERT_TRUE(decode_reply_header(decoder, reply));

  EXPECT_THROW(raise_system_exception_reply(decoder, reply), Marshal);
}

TEST(Reply, NeedsAddressingModeIsReadAndWritten) {
  for (const auto order : {cdr::ByteOrder::big, cdr::ByteOrder::little}) {
    const auto sample =
        testing::wire_sample(order == cdr::ByteOrder::big ? "reply_needs_addressing_big"
                                                          : "reply_needs_addressing_little");
    auto decoder = decoder_for(sample);
    ReplyHeader reply;
    cdr::Encoder encoder({.order = order});

    ASSERT_TRUE(decode_reply_header(decoder, reply));
    write_needs_addressing_mode_reply(encoder, 11);

    EXPECT_EQ(reply.status, ReplyStatus::needs_addressing_mode);
    EXPECT_EQ(decode_addressing_disposition(decoder), AddressingDisposition::key);
    EXPECT_EQ(encoder.copy(), sample);
  }
}

TEST(Reply, AnUnknownCompletionStatusIsRefused) {
  auto message = testing::wire_sample("reply_system_exception_12_big");
  message.back() = std::byte{3};
  auto decoder = decoder_for(message);
  ReplyHeader reply;
  SystemExceptionBody body;

  ASSERT_TRUE(decode_reply_header(decoder, reply));
  EXPECT_FALSE(decode_system_exception(decoder, body));
}

}  // namespace
}  // namespace corbel::giop
