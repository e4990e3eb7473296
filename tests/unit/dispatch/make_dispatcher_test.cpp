#include <orb/dispatch/make_dispatcher.hpp>

#include <gtest/gtest.h>

namespace corbel::dispatch {

namespace {

class Policies : public testing::Test {
 protected:
  std::unique_ptr<adapter::Dispatcher> make(const DispatchPolicy& policy) {
    return make_dispatcher(policy, reactor);
  }
  transport::Reactor reactor{"test"};
};

}  // namespace

TEST_F(Policies, WithoutThreadsOrQueueAreRefused) {
  EXPECT_THROW(make(ThreadPerRequest{.max_threads = 0}), BadParam);
  EXPECT_THROW(make(ThreadPerObject{.queue = 0}), BadParam);
  EXPECT_THROW(make(ThreadPerObject{.max_threads = 0}), BadParam);
  EXPECT_THROW(make(Pool{.threads = 0}), BadParam);
  EXPECT_THROW(make(Pool{.queue = 0}), BadParam);
  EXPECT_THROW(make(EventLoop{.queue = 0}), BadParam);
}

TEST_F(Policies, OnlyThoseThatPromiseNoThreadLetTheCallersOwnThreadIn) {
  EXPECT_TRUE(make(ThreadPerConnection{})->allows_direct_calls());
  EXPECT_TRUE(make(ThreadPerRequest{})->allows_direct_calls());
  EXPECT_FALSE(make(ThreadPerObject{})->allows_direct_calls());
  EXPECT_FALSE(make(Pool{})->allows_direct_calls());
  EXPECT_FALSE(make(EventLoop{})->allows_direct_calls());
}

TEST_F(Policies, OnlyThreadPerObjectHasToKnowCallChains) {
  EXPECT_TRUE(make(ThreadPerObject{})->needs_call_chains());
  EXPECT_FALSE(make(ThreadPerConnection{})->needs_call_chains());
  EXPECT_FALSE(make(Pool{})->needs_call_chains());
}

TEST_F(Policies, ThreadPerConnectionSaysHowManySpareThreadsItAllows) {
  EXPECT_EQ(make(ThreadPerConnection{.spare_threads = 5})->spare_threads(), 5U);
  EXPECT_EQ(make(Pool{})->spare_threads(), 0U);
}

TEST_F(Policies, ThatNeverRanAnythingEndAtOnce) {
  for (const auto& policy : {DispatchPolicy(ThreadPerRequest{}), DispatchPolicy(ThreadPerObject{}),
                             DispatchPolicy(Pool{})}) {
    const auto dispatcher = make(policy);
    EXPECT_EQ(dispatcher->queued(), 0U);
    EXPECT_TRUE(dispatcher->stop(Deadline::never()));
    EXPECT_TRUE(dispatcher->stop(Deadline::never()));
  }
}

}  // namespace corbel::dispatch
