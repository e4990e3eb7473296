#include "tests/integration/wire/raw_peer.hpp"
#include "tests/support/fake_server.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t kFragmentSize = 4096;

OrbOptions fragmenting(std::size_t size = kFragmentSize) {
  OrbOptions options;
  options.fragment_size = size;
  options.collocation = false;
  return options;
}

failures::Octets octets_of_size(std::size_t size) {
  failures::Octets octets(size);
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  return octets;
}

failures::Texts many_texts() {
  failures::Texts texts(5000);
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = std::string(i % 40, 'a');
  return texts;
}

std::string joined(const failures::Texts& texts) {
  std::string all;
  for (const auto& text : texts) all += text;
  return all;
}

cdr::Encoder join_request(std::uint32_t id, const std::string& word) {
  cdr::Encoder encoder;
  giop::begin_message(encoder, giop::MessageType::request);
  giop::write_request_header(encoder, id, giop::ResponseKind::target, "counter", "join");
  giop::write_body(encoder, [&](cdr::Encoder& body) {
    body.write(std::uint32_t{1});
    body.write_string(word);
    body.write(std::uint32_t{0});  // any: null
  });
  giop::finish_message(encoder);
  return encoder;
}

cdr::Encoder text_reply(std::uint32_t id, const std::string& text) {
  cdr::Encoder encoder;
  giop::begin_message(encoder, giop::MessageType::reply);
  giop::write_reply_header(encoder, id, giop::ReplyStatus::no_exception);
  giop::write_body(encoder, [&](cdr::Encoder& body) { body.write_string(text); });
  giop::finish_message(encoder);
  return encoder;
}

/// One of each in turn, until all have gone.
void send_in_turns(GiopPeer& peer, const std::vector<std::vector<Octets>>& messages) {
  bool more = true;
  for (std::size_t i = 0; more; ++i) {
    more = false;
    for (const auto& fragments : messages) {
      if (i >= fragments.size()) continue;
      more = true;
      peer.send(fragments[i]);
    }
  }
}

class FragmentsOf : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Versions, FragmentsOf, testing::Values("1.0", "1.1", "1.2"));

}  // namespace

TEST_P(FragmentsOf, CallsOfEverySizeCarryTheirValuesBothWays) {
  LiveCounter server(fragmenting());
  Orb client(fragmenting());
  const auto counter = client.object<failures::Counter>(server.reference(GetParam()));

  for (const std::size_t size : {1u, 4000u, 4096u, 4097u, 20'000u, 100'001u, 5'000'003u}) {
    const auto value = octets_of_size(size);
    EXPECT_EQ(counter.echo(value), value) << size;
    EXPECT_EQ(counter.async_echo(value).get(), value) << size;
  }
  EXPECT_EQ(counter.join(many_texts(), Any()), joined(many_texts()));
  EXPECT_EQ(counter.async_join(many_texts(), Any()).get(), joined(many_texts()));
  EXPECT_EQ(server.orb.statistics().protocol_errors, 0U);
  EXPECT_EQ(client.statistics().protocol_errors, 0U);
}

TEST_P(FragmentsOf, AnyOfManyValuesTravels) {
  LiveCounter server(fragmenting());
  Orb client(fragmenting());
  const auto counter = client.object<failures::Counter>(server.reference(GetParam()));
  Any any;
  any.insert(many_texts());

  EXPECT_EQ(counter.join({"a", "b"}, any), "ab");
}

TEST_P(FragmentsOf, RequestsAreSentOnlyWhereTheVersionHasThem) {
  std::atomic<int> in_fragments{0};
  std::atomic<int> whole{0};
  FakeServer server([&](GiopPeer& peer, int) {
    while (const auto message = peer.receive()) {
      ++(message->assembled ? in_fragments : whole);
      auto decoder = message->decoder({}, {});
      giop::RequestHeader header;
      if (!giop::decode_request_header(decoder, header)) return;
      peer.send(reply_octets(
          header.request_id, [](cdr::Encoder& body) { body.write_string("done"); },
          message->header.version));
    }
  });
  const auto reference = server.reference().replace(14, 3, GetParam());
  const auto small = failures::Texts{"short"};
  for (const std::size_t size : {kFragmentSize, std::size_t{0}}) {
    Orb client(fragmenting(size));
    const auto counter = client.object<failures::Counter>(reference);
    EXPECT_EQ(counter.join(many_texts(), Any()), "done");
    EXPECT_EQ(counter.join(small, Any()), "done");
    EXPECT_EQ(counter.async_join(many_texts(), Any()).get(), "done");
  }

  const bool has_fragments = std::string_view(GetParam()) != "1.0";
  EXPECT_EQ(in_fragments, has_fragments ? 2 : 0);
  EXPECT_EQ(whole, has_fragments ? 4 : 6);
}

TEST(Fragments, OfSeveralRequestsMayInterleave) {
  LiveCounter server;
  auto peer = server.connect();
  std::vector<std::vector<Octets>> requests;
  for (std::uint32_t id = 2; id <= 20; id += 2) {
    const auto message =
        join_request(id, std::string(3000 + id * 100, static_cast<char>('a' + id)));
    requests.push_back(fragments_of(message, 512));
    ASSERT_GT(requests.back().size(), 5u);
  }

  send_in_turns(peer, requests);

  std::vector<std::uint32_t> answered;
  while (answered.size() < requests.size()) {
    const auto reply = peer.receive();
    ASSERT_TRUE(reply);
    auto decoder = reply->decoder({}, {});
    giop::ReplyHeader header;
    ASSERT_TRUE(giop::decode_reply_header(decoder, header));
    const auto id = header.request_id;
    EXPECT_EQ(decoder.read_string(), std::string(3000 + id * 100, static_cast<char>('a' + id)));
    answered.push_back(id);
  }
  std::sort(answered.begin(), answered.end());
  for (std::uint32_t i = 0; i < answered.size(); ++i) EXPECT_EQ(answered[i], 2 + 2 * i);
}

TEST(Fragments, OfSeveralRepliesMayInterleave) {
  constexpr std::size_t kCalls = 5;
  const auto text_for = [](std::size_t number) {
    return std::string(2000 + number, static_cast<char>('a' + number));
  };
  FakeServer server([&](GiopPeer& peer, int) {
    // The first call only makes the connection.
    const auto first = peer.receive_request();
    if (!first) return;
    for (const auto& fragment : fragments_of(text_reply(first->request_id, text_for(9)), 256)) {
      peer.send(fragment);
    }
    std::vector<std::vector<Octets>> replies;
    while (replies.size() < kCalls) {
      const auto request = peer.receive_request();
      if (!request) return;
      replies.push_back(
          fragments_of(text_reply(request->request_id, text_for(replies.size())), 256));
    }
    send_in_turns(peer, replies);
    peer.receive();
  });
  OrbOptions options;
  options.max_client_connections_per_endpoint = 1;
  Orb client(options);
  const auto counter = client.object<failures::Counter>(server.reference());
  EXPECT_EQ(counter.join({}, Any()), text_for(9));

  std::vector<Reply<std::string>> replies;
  for (std::size_t i = 0; i < kCalls; ++i) replies.push_back(counter.async_join({}, Any()));

  for (std::size_t i = 0; i < kCalls; ++i) EXPECT_EQ(replies[i].get(), text_for(i));
}

TEST(Fragments, OfARequestMayBeCutShortByACancel) {
  LiveCounter server;
  auto peer = server.connect();
  const auto cancelled = fragments_of(join_request(2, std::string(3000, 'x')), 512);
  for (std::size_t i = 0; i + 2 < cancelled.size(); ++i) peer.send(cancelled[i]);

  cdr::Encoder cancel;
  giop::write_cancel_request(cancel, giop::kHighestVersion, 2);
  peer.send(octets_of(cancel));
  peer.send(cancelled[cancelled.size() - 2]);
  peer.send(cancelled.back());
  peer.send(octets_of(join_request(4, "next")));

  const auto reply = peer.receive();
  ASSERT_TRUE(reply);
  auto decoder = reply->decoder({}, {});
  giop::ReplyHeader header;
  ASSERT_TRUE(giop::decode_reply_header(decoder, header));
  EXPECT_EQ(header.request_id, 4U);
  EXPECT_EQ(server.executions, 1);
}

TEST(Fragments, TheirSizeIsAnOption) {
  const auto size_of = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "program");
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int argc = static_cast<int>(argv.size()) - 1;
    Orb orb(argc, argv.data());
    return argc;
  };
  EXPECT_EQ(size_of({"--corbel-fragment-size", "8192", "own"}), 2);
  EXPECT_EQ(size_of({"--corbel-fragment-size=0"}), 1);
  EXPECT_THROW(size_of({"--corbel-fragment-size=100"}), BadParam);
  EXPECT_THROW(size_of({"--corbel-fragment-size=many"}), BadParam);
  EXPECT_THROW(Orb(fragmenting(2047)), BadParam);

  ::setenv("CORBEL_FRAGMENT_SIZE", "12", 1);
  EXPECT_THROW(size_of({}), BadParam);
  ::setenv("CORBEL_FRAGMENT_SIZE", "4096", 1);
  EXPECT_EQ(size_of({"own"}), 2);
  ::unsetenv("CORBEL_FRAGMENT_SIZE");
}

}  // namespace corbel::test
