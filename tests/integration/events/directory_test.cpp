#include "event-service/channel_directory.hpp"
#include "event-service/store/memory.hpp"
#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

/// The channels of a service whose requests one thread serves, one after the other.
struct RunningDirectory {
  explicit RunningDirectory(ChannelDirectory::Listener listener = [](const auto&, const auto&) {})
      : adapter(server.create_adapter("events", {.dispatch = Pool{.threads = 1}})),
        directory(std::make_shared<ChannelDirectory>(
            adapter, std::make_shared<Scheduler>(), ChannelConfig{},
            std::make_shared<MemoryStore>(), std::move(listener))) {
    adapter.activate_requests();
  }

  Orb server;
  Orb client;
  Adapter adapter;
  std::shared_ptr<ChannelDirectory> directory;
};

TEST(ChannelDirectory, AnOldReferenceNeverDestroysTheNextChannelOfThatName) {
  RunningDirectory running;
  Gate gate;
  const auto busy = std::make_shared<Consumer>();
  busy->gate = &gate;
  const auto blocker = running.client.object<CosEventComm::PushConsumer>(
      reference(running.adapter.activate<CosEventComm::PushConsumer>(busy)));
  const auto old = running.client.object<corbel_events::Channel>(
      reference(running.directory->create("prices", {})));
  auto blocked = blocker.async_push(Any(std::int32_t{1}));
  ASSERT_TRUE(comes_true([&] { return running.adapter.statistics().running == 1; }));
  auto late = old.async_destroy();
  ASSERT_TRUE(comes_true([&] { return running.adapter.statistics().queued == 1; }));

  running.directory->destroy("prices");
  const auto next = running.directory->create("prices", {});
  gate.open();
  blocked.get();
  try {
    late.get();
  } catch (const ObjectNotExist&) {  // as good an answer
  }

  EXPECT_EQ(running.directory->find("prices"), std::optional(next));
}

TEST(ChannelDirectory, TellsComingAndGoingInTheirOrder) {
  constexpr int kRounds = 50;
  bool bound = false;
  RunningDirectory running([&](const std::string&, const Object& channel) {
    for (int i = 0; i < 1000 && !is_nil(channel); ++i) std::this_thread::yield();
    bound = !is_nil(channel);
  });

  for (int round = 0; round < kRounds; ++round) {
    std::thread creator([&] { running.directory->create("prices", {}); });
    while (!running.directory->destroy("prices")) std::this_thread::yield();
    creator.join();

    ASSERT_FALSE(bound) << "a destroyed channel was told last as having come, round " << round;
  }
}

}  // namespace
}  // namespace corbel::event_service
