#include <thread>
#include <vector>

#include "orb/base/mutex.hpp"
#include "tests/integration/mapping/echo_peer.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// Servants that override the asynchronous form and answer later, from another thread.
namespace corbel::test {

CORBEL_BOTH_WAYS(Responders);

namespace {

class LaterPeer : public types::Peer::Servant {
 public:
  ~LaterPeer() override {
    const MutexLock lock(mutex_);
    for (std::thread& thread : threads_) thread.join();
  }

  void async_use_string(std::string_view a, std::string_view b,
                        Responder<types::Peer::use_string_results> responder) override {
    later([a = std::string(a), b = std::string(b), r = std::move(responder)]() mutable {
      r.complete({a + b, a, b});
    });
  }
  void async_use_octets(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                        Responder<types::Peer::use_octets_results> responder) override {
    types::Octets both(a.begin(), a.end());
    both.insert(both.end(), b.begin(), b.end());
    later([both, r = std::move(responder)]() mutable { r.complete({both, {}, {1}}); });
  }
  void async_nothing(Responder<void> responder) override {
    later([r = std::move(responder)]() mutable { r.complete(); });
  }
  void async_fail(std::int32_t, Responder<void> responder) override {
    later([r = std::move(responder)]() mutable { r.raise(types::Empty()); });
  }
  void async_name(Responder<std::string> responder) override { responder.complete("later"); }
  void async_name(std::string_view, Responder<void> responder) override {
    responder.raise(NoPermission("fixed"));
  }
  void async_enabled(Responder<bool>) override {}
  bool enabled() override { return true; }
  using types::Peer::Servant::async_enabled;
  using types::Peer::Servant::enabled;

 private:
  // The answer may bring the next call, on another thread, while the vector still grows.
  void later(auto work) {
    const MutexLock lock(mutex_);
    threads_.emplace_back(std::move(work));
  }

  Mutex mutex_;
  std::vector<std::thread> threads_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace

TEST_P(Responders, CompleteWithAllResults) {
  const auto peer = serve<types::Peer>(std::make_shared<LaterPeer>());
  std::string inout = "b";
  std::string out;

  EXPECT_EQ(peer.use_string("a", inout, out), "ab");
  EXPECT_EQ(inout, "a");
  EXPECT_EQ(out, "b");
  EXPECT_EQ(peer.async_use_octets({1, 2}, {3}).get().result, (types::Octets{1, 2, 3}));
  peer.nothing();
}

TEST_P(Responders, AnswerAttributes) {
  const auto peer = serve<types::Peer>(std::make_shared<LaterPeer>());

  EXPECT_EQ(peer.name(), "later");
  EXPECT_THROW(peer.name("other"), NoPermission);
}

TEST_P(Responders, RaiseExceptions) {
  const auto peer = serve<types::Peer>(std::make_shared<LaterPeer>());

  EXPECT_THROW(peer.fail(0), types::Empty);
  EXPECT_THROW(peer.async_fail(0).get(), types::Empty);
}

TEST_P(Responders, ThatAreDroppedAnswerNoResponse) {
  const auto peer = serve<types::Peer>(std::make_shared<LaterPeer>());

  EXPECT_THROW(peer.async_enabled().get(), NoResponse);
}

}  // namespace corbel::test
