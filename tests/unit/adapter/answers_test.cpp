#include "tests/support/giop_peer.hpp"
#include "tests/unit/adapter/fakes.hpp"

#include <orb/adapter/request_router.hpp>
#include <orb/invocation/local_call.hpp>

#include <gtest/gtest.h>

namespace corbel::adapter {

namespace {

/// Fails in the way that the test says.
class FailingDispatcher final : public Dispatcher {
 public:
  explicit FailingDispatcher(std::function<void()> fail) : fail_(std::move(fail)) {}
  Outcome dispatch(RequestPointer&, bool) override {
    fail_();
    return Outcome::full;
  }
  bool stop(Deadline) override { return true; }

 private:
  const std::function<void()> fail_;
};

/// Counts what becomes of a request.
class CountingChannel final : public connection::ReplyChannel {
 public:
  void send_reply(const cdr::Encoder& message, std::uint32_t) override {
    auto received = invocation::as_received(message);
    auto decoder = received.decoder({}, {});
    giop::ReplyHeader header;
    ASSERT_TRUE(giop::decode_reply_header(decoder, header));
    try {
      giop::raise_system_exception_reply(decoder, header);
    } catch (const SystemException& failure) {
      replies += std::string(failure.name()) + ";";
    }
  }
  void request_done(std::uint32_t) noexcept override { ++done; }
  bool is_cancelled(std::uint32_t) const noexcept override { return false; }
  const std::string& peer() const noexcept override { return replies; }
  ior::TransmissionCodeSets code_sets() const noexcept override { return {}; }
  void set_code_sets(const ior::TransmissionCodeSets&) noexcept override {}

  std::string replies;
  int done = 0;
};

class Answers : public testing::Test {
 protected:
  connection::Verdict request(std::function<void()> fail, std::string_view adapter = "a") {
    auto core = std::make_shared<detail::AdapterCore>(
        detail::AdapterCore::Settings{.name = "a", .timestamp = 7},
        std::make_unique<FailingDispatcher>(std::move(fail)));
    core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
    core->set_accepting(true);
    router.add(core);
    const auto key = ior::encode_object_key({7, std::string(adapter), ObjectId("id"), false});
    cdr::Encoder message;
    message.write_octets(test::request_octets(3, key));
    auto received = invocation::as_received(message);
    return router.handle_request(channel, received, true, false);
  }

  Limits limits;
  std::weak_ptr<detail::OrbCore> orb;
  RequestRouter router{limits, orb};
  std::shared_ptr<CountingChannel> channel = std::make_shared<CountingChannel>();
};

}  // namespace

TEST_F(Answers, ARequestThatCannotBeDispatchedIsAnsweredAndOverOnce) {
  EXPECT_EQ(request([] { throw Transient("not now", Completion::no); }),
            connection::Verdict::taken);

  EXPECT_EQ(channel->replies, "TRANSIENT;");
  EXPECT_EQ(channel->done, 1);
}

TEST_F(Answers, ARequestForWhichThereIsNoThreadIsAnsweredAndOverOnce) {
  EXPECT_EQ(request([] { throw std::runtime_error("no more threads"); }),
            connection::Verdict::taken);

  EXPECT_EQ(channel->replies, "NO_RESOURCES;");
  EXPECT_EQ(channel->done, 1);
}

TEST_F(Answers, ARequestWithoutRoomIsAnsweredAndOverOnce) {
  EXPECT_EQ(request([] {}), connection::Verdict::taken);

  EXPECT_EQ(channel->replies, "TRANSIENT;");
  EXPECT_EQ(channel->done, 1);
}

TEST_F(Answers, ARequestForNobodyIsAnsweredAndOverOnce) {
  EXPECT_EQ(request([] {}, "another"), connection::Verdict::taken);

  EXPECT_EQ(channel->replies, "OBJECT_NOT_EXIST;");
  EXPECT_EQ(channel->done, 1);
}

}  // namespace corbel::adapter
