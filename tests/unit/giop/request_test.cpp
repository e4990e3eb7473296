#include <orb/giop/request.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

const std::string_view kKey("\0k\xff", 3);
const auto kVendorData = testing::octets("01 02 03 04 05");

class AnyRequest : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyRequest, kEveryFlavour);

TEST_P(AnyRequest, ARequestIsRead) {
  const auto message = GetParam().sample("request");
  auto decoder = decoder_for(message);
  RequestHeader request;

  ASSERT_TRUE(decode_request_header(decoder, request)) << decoder.failure();

  EXPECT_EQ(request.request_id, 7u);
  EXPECT_EQ(request.response, ResponseKind::target);
  EXPECT_EQ(request.object_key, kKey);
  EXPECT_EQ(request.operation, "withdraw");
  EXPECT_EQ(request.service_contexts.size(), 2u);
  const auto code_sets = decode_code_sets(request.service_contexts.find(kCodeSets).value());
  EXPECT_EQ(code_sets, (ior::TransmissionCodeSets{cdr::CodeSet::utf8, cdr::CodeSet::utf16}));
  EXPECT_EQ(request.service_contexts.find(0x54414f00)->size(), 5u);
  EXPECT_EQ(decoder.read<double>(), 10.0);
  EXPECT_EQ(decoder.remaining(), 0u);
}

TEST_P(AnyRequest, ARequestIsWrittenOctetByOctet) {
  const auto sample = GetParam().sample("request");
  auto contexts_of_sample = decoder_for(sample);
  RequestHeader request;
  decode_request_header(contexts_of_sample, request);
  std::vector<ServiceContext> contexts;
  for (const auto& context : request.service_contexts) contexts.push_back(context);
  auto encoder = GetParam().encoder();

  begin_message(encoder, MessageType::request, GetParam().version());
  write_request_header(encoder, 7, ResponseKind::target, kKey, "withdraw", contexts);
  write_body(encoder, [](cdr::Encoder& body) { body.write(10.0); });
  finish_message(encoder);

  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyRequest, AOnewayRequestWithoutArgumentsHasNoPadding) {
  const auto sample = GetParam().sample("oneway");
  auto decoder = decoder_for(sample);
  RequestHeader request;
  auto encoder = GetParam().encoder();

  ASSERT_TRUE(decode_request_header(decoder, request));
  begin_message(encoder, MessageType::request, GetParam().version());
  write_request_header(encoder, 8, ResponseKind::none, "NameService", "ping");
  write_body(encoder, [](cdr::Encoder&) {});
  finish_message(encoder);

  EXPECT_FALSE(request.response_expected());
  EXPECT_EQ(request.operation, "ping");
  EXPECT_TRUE(request.service_contexts.empty());
  EXPECT_EQ(decoder.remaining(), 0u);
  EXPECT_EQ(encoder.copy(), sample);
}

// A lucky length hides a forgotten alignment.
TEST_P(AnyRequest, EveryLengthOfKeyOperationAndContextsWorks) {
  for (std::size_t key_size = 0; key_size < 9; ++key_size) {
    for (std::size_t operation_size = 0; operation_size < 9; ++operation_size) {
      for (std::size_t context_size = 0; context_size < 9; ++context_size) {
        const std::string key(key_size, '\0');
        const std::string operation(operation_size, 'o');
        const std::vector<std::byte> data(context_size);
        const ServiceContext contexts[] = {{42, data}, {43, kVendorData}};
        auto encoder = GetParam().encoder();
        begin_message(encoder, MessageType::request, GetParam().version());
        write_request_header(encoder, 1, ResponseKind::target, key, operation, contexts);
        write_body(encoder, [](cdr::Encoder& body) {
          body.write(std::uint8_t{9});
          body.write(1.5);
        });
        finish_message(encoder);

        const auto message = encoder.copy();
        auto decoder = decoder_for(message);
        RequestHeader request;

        ASSERT_TRUE(decode_request_header(decoder, request));
        EXPECT_EQ(request.object_key, key);
        EXPECT_EQ(request.operation, operation);
        EXPECT_EQ(request.service_contexts.find(42)->size(), context_size);
        EXPECT_EQ(decoder.read<std::uint8_t>(), 9);
        EXPECT_EQ(decoder.read<double>(), 1.5);
        EXPECT_EQ(decoder.remaining(), 0u);
        EXPECT_FALSE(decoder.failed());
      }
    }
  }
}

TEST_P(AnyRequest, APrincipalIsPassedOver) {
  if (GetParam().minor == 2) return;
  auto message = GetParam().sample("oneway");
  // The principal's length is the last field.
  message[message.size() - (GetParam().order == cdr::ByteOrder::big ? 1 : 4)] = std::byte{3};
  message.insert(message.end(), 3, std::byte{0x70});
  auto decoder = decoder_for(message);
  RequestHeader request;

  EXPECT_TRUE(decode_request_header(decoder, request));
  EXPECT_EQ(decoder.remaining(), 0u);
}

class EveryOrder : public ::testing::TestWithParam<const char*> {
 protected:
  std::vector<std::byte> sample(const std::string& name) const {
    return testing::wire_sample(name + "_" + GetParam());
  }
};
INSTANTIATE_TEST_SUITE_P(Request12, EveryOrder, ::testing::Values("big", "little"));

TEST_P(EveryOrder, ATargetMayBeAProfileOrAReference) {
  for (const char* name : {"request_profile_addr", "request_reference_addr"}) {
    const auto message = sample(name);
    auto decoder = decoder_for(message);
    RequestHeader request;

    ASSERT_TRUE(decode_request_header(decoder, request)) << name << ": " << decoder.failure();

    EXPECT_EQ(request.object_key, kKey);
    EXPECT_EQ(request.operation, "op");
    EXPECT_FALSE(request.needs_key_addressing);
    EXPECT_EQ(decoder.remaining(), 0u);
  }
}

TEST_P(EveryOrder, AProfileThatIsNotIiopNeedsAnotherAddressingMode) {
  auto message = sample("request_profile_addr");
  message[24 + (std::string_view(GetParam()) == "big" ? 3 : 0)] = std::byte{99};  // its tag
  auto decoder = decoder_for(message);
  RequestHeader request;

  ASSERT_TRUE(decode_request_header(decoder, request));

  EXPECT_TRUE(request.needs_key_addressing);
  EXPECT_EQ(request.operation, "op");
}

TEST_P(EveryOrder, ASelectedProfileThatIsNotThereIsRefused) {
  auto message = sample("request_reference_addr");
  message[24 + (std::string_view(GetParam()) == "big" ? 3 : 0)] = std::byte{2};  // the index
  auto decoder = decoder_for(message);
  RequestHeader request;

  EXPECT_FALSE(decode_request_header(decoder, request));
}

TEST_P(EveryOrder, AnUnknownAddressingDispositionIsRefused) {
  auto message = sample("request_profile_addr");
  message[20] = message[21] = std::byte{7};
  auto decoder = decoder_for(message);
  RequestHeader request;

  EXPECT_FALSE(decode_request_header(decoder, request));
}

TEST_P(EveryOrder, PaddingAfterAnEmptyBodyIsPassedOver) {
  // The header ends at 49, so up to 7 octets pad it.
  for (std::size_t padding = 0; padding <= 7; ++padding) {
    auto message = sample("oneway_12");
    const std::size_t gap = (8 - message.size() % 8) % 8;
    if (padding > gap) break;
    message.insert(message.end(), padding, std::byte{0xcc});
    auto decoder = decoder_for(message);
    RequestHeader request;

    ASSERT_TRUE(decode_request_header(decoder, request));
    EXPECT_EQ(decoder.remaining(), 0u) << padding;
  }
}

// Our own byte order is read at one look where it can be (read_plain_1_2), the other one by one.
TEST(Request, BothByteOrdersAreReadAlikeWhereverTheOctetsEnd) {
  for (std::size_t key_size = 0; key_size < 9; ++key_size) {
    for (std::size_t operation_size = 0; operation_size < 9; ++operation_size) {
      std::vector<std::vector<std::byte>> messages;
      for (const auto order : {cdr::ByteOrder::big, cdr::ByteOrder::little}) {
        cdr::Encoder encoder({.order = order});
        begin_message(encoder, MessageType::request, GiopVersion{1, 2});
        write_request_header(encoder, 7, ResponseKind::target, std::string(key_size, 'k'),
                             std::string(operation_size, 'o'));
        write_body(encoder, [](cdr::Encoder& body) { body.write(std::uint8_t{9}); });
        finish_message(encoder);
        messages.push_back(encoder.copy());
      }
      ASSERT_EQ(messages[0].size(), messages[1].size());
      for (std::size_t size = kHeaderSize; size <= messages[0].size(); ++size) {
        std::vector<std::string> seen;
        for (const auto& message : messages) {
          auto decoder = message_decoder(std::span(message).first(size), header_of(message));
          RequestHeader request;
          const bool whole = decode_request_header(decoder, request);
          seen.push_back(std::string(whole ? request.object_key : "-") + " " +
                         std::string(whole ? request.operation : decoder.failure()) + " " +
                         std::to_string(whole ? request.request_id : 0) + " " +
                         std::to_string(decoder.remaining()));
        }
        EXPECT_EQ(seen[0], seen[1]) << size << " of " << messages[0].size() << " octets";
      }
    }
  }
}

TEST(Request, WhatIsWrongIsSaidInEitherByteOrder) {
  const auto failure_of = [](std::vector<std::byte> message) {
    auto decoder = decoder_for(message);
    RequestHeader request;
    return decode_request_header(decoder, request) ? "none" : std::string(decoder.failure());
  };
  for (const auto order : {cdr::ByteOrder::big, cdr::ByteOrder::little}) {
    cdr::Encoder encoder({.order = order});
    begin_message(encoder, MessageType::request, GiopVersion{1, 2});
    write_request_header(encoder, 7, ResponseKind::target, "key0", "work");
    write_body(encoder, [](cdr::Encoder&) {});
    finish_message(encoder);
    const auto good = encoder.copy();
    ASSERT_EQ(failure_of(good), "none");
    const std::size_t operation = 36;  // behind header, start, key and length

    auto cut = good;
    cut[operation + 1] = std::byte{0};
    EXPECT_EQ(failure_of(cut), "string with an embedded NUL");
    auto endless = good;
    endless[operation + 4] = std::byte{'!'};
    EXPECT_EQ(failure_of(endless), "string without its NUL");
    auto wild = good;
    for (std::size_t at = 24; at < 28; ++at) wild[at] = std::byte{0xff};  // the key's length
    EXPECT_EQ(failure_of(wild), "sequence of octets ends early");
    wild = good;
    for (std::size_t at = operation - 4; at < operation; ++at) wild[at] = std::byte{0xff};
    EXPECT_EQ(failure_of(wild), "message ends early");
  }
}

TEST(Request, AHeaderIsReadAfreshIntoOneThatWasUsed) {
  const auto with_contexts = testing::wire_sample("request_12_little");
  const auto without = testing::wire_sample("oneway_12_little");
  RequestHeader request;
  auto first = decoder_for(with_contexts);
  ASSERT_TRUE(decode_request_header(first, request));
  auto second = decoder_for(without);
  ASSERT_TRUE(decode_request_header(second, request));

  EXPECT_TRUE(request.service_contexts.empty());
  EXPECT_EQ(request.service_contexts.begin(), request.service_contexts.end());
}

TEST(Request, ResponseFlagsAreThoseOfTheSpecification) {
  for (unsigned flags = 0; flags < 256; ++flags) {
    auto message = testing::wire_sample("oneway_12_big");
    message[16] = static_cast<std::byte>(flags);
    auto decoder = decoder_for(message);
    RequestHeader request;

    EXPECT_EQ(decode_request_header(decoder, request), flags == 0 || flags == 1 || flags == 3)
        << flags;
  }
}

TEST(Request, PaddingOfPeersNeedNotBeZero) {
  auto message = testing::wire_sample("request_12_big");
  message[22] = message[23] = std::byte{0xab};
  auto decoder = decoder_for(message);
  RequestHeader request;

  EXPECT_TRUE(decode_request_header(decoder, request));
}

TEST(Request, AWildNumberOfContextsIsRefused) {
  auto message = testing::wire_sample("oneway_10_big");
  message[12] = message[13] = message[14] = message[15] = std::byte{0xff};
  auto decoder = decoder_for(message);
  RequestHeader request;

  EXPECT_FALSE(decode_request_header(decoder, request));
  EXPECT_TRUE(request.service_contexts.empty());
}

}  // namespace
}  // namespace corbel::giop
