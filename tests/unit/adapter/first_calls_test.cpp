#include <orb/adapter/departures.hpp>
#include <orb/adapter/first_calls.hpp>
#include <orb/base/upcall_thread.hpp>

#include "tests/unit/adapter/fakes.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace corbel::adapter {

namespace {

const ObjectId kId("id");

constexpr auto some_object = [] {
  return std::make_shared<ActiveObject>(kId, "key", std::make_shared<NoServant>());
};

Deadline soon() { return Deadline::after(std::chrono::seconds(60)); }

/// Counts the threads that wait.
class Waiting final : public WaitObserver {
 public:
  void will_wait() override { ++count_; }
  void did_wait() override {}
  int count() const { return count_.load(); }
  void until(int count) const {
    while (count_.load() < count) std::this_thread::yield();
  }

 private:
  std::atomic<int> count_{0};
};

class Notes final : public ServantActivator {
 public:
  std::shared_ptr<Servant> incarnate(const ObjectId&) override { return nullptr; }
  void etherealize(const ObjectId& id, std::shared_ptr<Servant>, bool adapter_ends) override {
    gone += id.to_string() + (adapter_ends ? "!" : "");
    if (id == ObjectId("bad")) throw std::runtime_error("bad");
  }
  std::string gone;
};

}  // namespace

TEST(FirstCalls, ShareWhatOneOfThemMade) {
  FirstCalls calls;
  Waiting waiting;
  std::shared_ptr<ActiveObject> results[4];

  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] {
      const ObserverScope scope(waiting);
      result = calls.make_once(kId, soon(), [&] {
        waiting.until(3);
        return some_object();
      });
    });
  }
  for (auto& thread : threads) thread.join();

  ASSERT_NE(results[0], nullptr);
  for (const auto& result : results) EXPECT_EQ(result, results[0]);
}

TEST(FirstCalls, ShareAFailureAndDelayNoOtherObject) {
  FirstCalls calls;
  Waiting waiting;
  std::atomic<int> refused{0};
  const auto call = [&] {
    const ObserverScope scope(waiting);
    const auto make = [&]() -> std::shared_ptr<ActiveObject> {
      waiting.until(1);
      EXPECT_NE(calls.make_once(ObjectId("other"), soon(), some_object), nullptr);
      throw NoPermission("no", Completion::no);
    };
    try {
      calls.make_once(kId, soon(), make);
    } catch (const NoPermission&) {
      ++refused;
    }
  };

  std::thread one(call);
  std::thread other(call);
  one.join();
  other.join();

  EXPECT_EQ(refused.load(), 2);
  EXPECT_EQ(waiting.count(), 1);
}

TEST(FirstCalls, DoNotWaitForEver) {
  FirstCalls calls;
  std::atomic<bool> making{false};
  std::atomic<bool> go{false};
  std::thread maker([&] {
    calls.make_once(kId, soon(), [&] {
      making.store(true);
      while (!go.load()) std::this_thread::yield();
      return some_object();
    });
  });
  while (!making.load()) std::this_thread::yield();

  EXPECT_THROW(calls.make_once(kId, Deadline::after(std::chrono::milliseconds(10)), some_object),
               Transient);

  go.store(true);
  maker.join();
}

TEST(FirstCalls, OfTheirOwnMakerAreRefused) {
  FirstCalls calls;

  EXPECT_THROW(
      calls.make_once(kId, soon(), [&] { return calls.make_once(kId, soon(), some_object); }),
      BadInvOrder);
  EXPECT_NE(calls.make_once(kId, soon(), some_object), nullptr);
}

TEST(Departing, EndsWhenTheLastOneLetsGo) {
  const auto notes = std::make_shared<Notes>();
  const auto departures = std::make_shared<Departures>(notes);
  auto object = departures->make(kId, "key", std::make_shared<NoServant>());
  auto user = object;

  departures->begin(*object);
  object.reset();
  EXPECT_TRUE(departures->is_departing("id"));
  EXPECT_FALSE(departures->wait_until_gone("id", Deadline::after(std::chrono::milliseconds(5))));
  EXPECT_EQ(notes->gone, "");
  departures->adapter_ends();
  user.reset();

  EXPECT_EQ(notes->gone, "id!");
  EXPECT_TRUE(departures->wait_until_none_departs(soon()));
}

TEST(Departing, SurvivesAnActivatorThatThrows) {
  const auto notes = std::make_shared<Notes>();
  const auto departures = std::make_shared<Departures>(notes);
  auto object = departures->make(ObjectId("bad"), "key", std::make_shared<NoServant>());

  departures->begin(*object);
  object.reset();

  EXPECT_EQ(notes->gone, "bad");
  EXPECT_TRUE(departures->wait_until_gone("bad", soon()));
}

}  // namespace corbel::adapter
