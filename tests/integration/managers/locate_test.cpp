#include "tests/integration/managers/manager_suite.hpp"
#include "tests/support/giop_peer.hpp"

#include <orb/giop/locate.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

namespace corbel::test {

/// Asks with GIOP's own LocateRequest, under every policy.
class Locating : public testing::TestWithParam<std::tuple<DispatchPolicy, GiopVersion>> {
 protected:
  ~Locating() override { reactor_.stop(); }

  static GiopVersion version() { return std::get<1>(GetParam()); }
  std::string key_of(const std::string& id) {
    return std::string(
        reference(world.adapter().make_reference<calls::Hook>(ObjectId(id))).object_key());
  }
  GiopPeer connect() {
    auto result = transport_.connect(world.server().endpoints().front(),
                                     Deadline::after(std::chrono::seconds(30)));
    if (!result.stream) throw std::runtime_error(result.error);
    return GiopPeer(std::move(result.stream));
  }
  /// "here", "unknown", "forward" or "permanent forward", with the object that it leads to.
  std::string locate(const std::string& id) {
    cdr::Encoder request;
    giop::write_locate_request(request, version(), 77, key_of(id));
    peer_.send(octets_of(request));
    const auto reply = peer_.receive();
    if (!reply || reply->header.type != giop::MessageType::locate_reply) return "no reply";
    auto decoder = reply->decoder({}, {});
    giop::LocateReplyHeader header;
    if (!giop::decode_locate_reply(decoder, header) || header.request_id != 77) return "nonsense";
    switch (header.status) {
      case giop::LocateStatus::unknown_object:
        return "unknown";
      case giop::LocateStatus::object_here:
        return "here";
      case giop::LocateStatus::object_forward:
        return "forward to " + decode<ObjectRef>(decoder).object_id().to_string();
      case giop::LocateStatus::object_forward_perm:
        return "permanent forward to " + decode<ObjectRef>(decoder).object_id().to_string();
      default:
        return "status " + std::to_string(static_cast<int>(header.status));
    }
  }
  /// What the three ids of the test lead to.
  void expect_all_three() {
    EXPECT_EQ(locate("known"), "here");
    EXPECT_EQ(locate("none"), "unknown");
    const bool tells_permanent = version() >= GiopVersion{1, 2};
    EXPECT_EQ(locate("moved"), tells_permanent ? "permanent forward to there" : "forward to there");
    EXPECT_EQ(locate("lent"), "forward to there");
    EXPECT_EQ(locate("barred"), "here");
  }
  /// Throws where there is no servant.
  bool look_up(const ObjectId& id) {
    if (id == ObjectId("moved") || id == ObjectId("lent")) {
      throw ForwardRequest(world.adapter().make_reference<calls::Hook>(ObjectId("there")),
                           id == ObjectId("moved"));
    }
    if (id == ObjectId("barred")) throw NoPermission("not for you", Completion::no);
    return id == ObjectId("known");
  }

  World world{Way::tcp, std::get<0>(GetParam())};

 private:
  transport::Reactor reactor_{"peer"};
  transport::TcpTransport transport_{reactor_};
  GiopPeer peer_ = connect();
};
INSTANTIATE_TEST_SUITE_P(Everywhere, Locating,
                         testing::Combine(testing::ValuesIn(all_policies()),
                                          testing::Values(GiopVersion{1, 0}, GiopVersion{1, 1},
                                                          GiopVersion{1, 2})),
                         [](const auto& each) {
                           return std::string(name_of(std::get<0>(each.param))) + "1" +
                                  std::to_string(std::get<1>(each.param).minor);
                         });

TEST_P(Locating, AsksTheLocator) {
  Diary diary;
  std::atomic<int> ends{0};
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId& id, std::string_view operation) {
        diary.write(std::string(operation));
        if (!look_up(id)) return ServantLease();
        return ServantLease(hook_that([](int) -> int { std::abort(); }), [&] { ++ends; });
      }));

  expect_all_three();

  EXPECT_EQ(diary.entries(), std::vector<std::string>(5, "_non_existent"));
  EXPECT_EQ(ends.load(), 1);
}

TEST_P(Locating, AsksTheActivatorWhichMakesTheServant) {
  std::atomic<int> made{0};
  world.adapter().set_servant_activator(
      std::make_shared<TestActivator>([&](const ObjectId& id) -> std::shared_ptr<Servant> {
        if (!look_up(id)) return nullptr;
        ++made;
        return hook_that([](int number) { return number; });
      }));

  expect_all_three();
  EXPECT_EQ(locate("known"), "here");

  EXPECT_EQ(made.load(), 1);
}

TEST_P(Locating, FindsEverythingAtADefaultServantAndNothingWithoutAManager) {
  EXPECT_EQ(locate("known"), "unknown");

  world.adapter().set_default_servant(hook_that([](int) -> int { std::abort(); }));

  EXPECT_EQ(locate("known"), "here");
}

TEST_P(Locating, SaysHereWhileTheAdapterHolds) {
  world.adapter().set_servant_locator(std::make_shared<TestLocator>(
      [](const ObjectId&, std::string_view) -> ServantLease { std::abort(); }));
  world.adapter().hold_requests();

  EXPECT_EQ(locate("known"), "here");
}

}  // namespace corbel::test
