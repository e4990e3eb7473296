#include <orb/facade/retired_adapters.hpp>

#include <orb/base/upcall_thread.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace corbel::facade {

using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s;

/// Its threads end when the test says so.
class SlowDispatcher final : public adapter::Dispatcher {
 public:
  struct State {
    std::atomic<bool> ends{true};
    std::atomic<std::thread::id> stopped_by{};
    std::promise<void> gone;
  };
  explicit SlowDispatcher(std::shared_ptr<State> state) : state_(std::move(state)) {}
  ~SlowDispatcher() override { state_->gone.set_value(); }

  Outcome dispatch(adapter::RequestPointer&, bool) override { return Outcome::full; }
  bool stop(Deadline) override {
    state_->stopped_by = std::this_thread::get_id();
    return state_->ends;
  }

 private:
  const std::shared_ptr<State> state_;
};

/// Tells whether what it does when it goes counts as an upcall.
class Activator final : public ServantActivator {
 public:
  explicit Activator(std::promise<bool>& gone) : gone_(gone) {}
  ~Activator() override { gone_.set_value(UpcallThread::current().depth != 0); }
  std::shared_ptr<Servant> incarnate(const ObjectId&) override { return nullptr; }

 private:
  std::promise<bool>& gone_;
};

/// An adapter that was just destroyed.
struct Destroyed {
  Destroyed()
      : core(std::make_shared<detail::AdapterCore>(
            detail::AdapterCore::Settings{.name = "a", .timestamp = 7},
            std::make_unique<SlowDispatcher>(dispatcher))) {
    core->begin_destruction();
  }
  bool is_gone(std::chrono::seconds at_most = 0s) {
    return gone.wait_for(at_most) == std::future_status::ready;
  }

  std::shared_ptr<SlowDispatcher::State> dispatcher = std::make_shared<SlowDispatcher::State>();
  std::future<void> gone = dispatcher->gone.get_future();
  std::shared_ptr<detail::AdapterCore> core;
};

class Retired : public testing::Test {
 protected:
  /// What its upcall does in destroy().
  void destroy_inside(Destroyed& adapter) {
    retired.add(adapter.core);
    retired.end_later(adapter.core);
  }
  ~Retired() override { EXPECT_TRUE(retired.stop(Deadline::after(kPatience))); }
  RetiredAdapters retired;
};

}  // namespace

TEST_F(Retired, OneThatNobodyUsesEndsAtOnce) {
  Destroyed adapter;
  retired.add(adapter.core);

  retired.end(std::exchange(adapter.core, nullptr));

  EXPECT_TRUE(adapter.is_gone());
  EXPECT_EQ(adapter.dispatcher->stopped_by.load(), std::this_thread::get_id());
  EXPECT_TRUE(retired.all().empty());
}

TEST_F(Retired, OneInAnUpcallEndsAfterItOnAnotherThread) {
  Destroyed adapter;
  adapter.core->enter();

  destroy_inside(adapter);

  EXPECT_EQ(retired.all().size(), 1U);
  EXPECT_EQ(adapter.dispatcher->stopped_by.load(), std::thread::id());
  std::exchange(adapter.core, nullptr)->leave();
  EXPECT_TRUE(adapter.is_gone(kPatience));
  EXPECT_NE(adapter.dispatcher->stopped_by.load(), std::this_thread::get_id());
  EXPECT_TRUE(retired.all().empty());
}

TEST_F(Retired, OneThatStillOwesAnAnswerIsKeptUntilItIsGiven) {
  Destroyed adapter;
  adapter.core->enter();
  adapter.core->leave_lingering();
  retired.add(adapter.core);

  retired.end(adapter.core);

  EXPECT_EQ(retired.all().size(), 1U);
  std::exchange(adapter.core, nullptr)->end_lingering();
  EXPECT_TRUE(adapter.is_gone(kPatience));
}

TEST_F(Retired, OneWhoseThreadsDoNotEndIsAskedAgain) {
  Destroyed adapter;
  adapter.dispatcher->ends = false;
  retired.add(adapter.core);

  retired.end(std::exchange(adapter.core, nullptr));

  EXPECT_FALSE(adapter.is_gone());
  adapter.dispatcher->ends = true;
  EXPECT_TRUE(adapter.is_gone(kPatience));
}

TEST_F(Retired, OneWhoseUpcallNeverEndsHoldsUpNoOther) {
  Destroyed endless;
  Destroyed adapter;
  endless.core->enter();
  destroy_inside(endless);

  destroy_inside(adapter);
  adapter.core.reset();

  EXPECT_TRUE(adapter.is_gone(kPatience));
  EXPECT_EQ(retired.all(), std::vector{endless.core});
}

TEST_F(Retired, StopWaitsForNoUpcall) {
  Destroyed endless;
  endless.core->enter();
  destroy_inside(endless);

  EXPECT_TRUE(retired.stop(Deadline::after(kPatience)));

  EXPECT_EQ(retired.all(), std::vector{endless.core});
}

TEST_F(Retired, WhatGoesWithAnAdapterOnOurThreadIsToldNotToWait) {
  std::promise<bool> gone;
  auto inside_upcall = gone.get_future();
  auto core = std::make_shared<detail::AdapterCore>(
      detail::AdapterCore::Settings{.name = "b", .timestamp = 8},
      std::make_unique<SlowDispatcher>(std::make_shared<SlowDispatcher::State>()));
  core->set_manager(std::make_shared<Activator>(gone), nullptr, nullptr);
  core->begin_destruction();
  retired.add(core);

  retired.end_later(core);

  ASSERT_EQ(inside_upcall.wait_for(kPatience), std::future_status::ready);
  EXPECT_TRUE(inside_upcall.get());
}

}  // namespace corbel::facade
