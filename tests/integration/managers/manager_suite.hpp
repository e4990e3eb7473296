#pragma once

#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/suite.hpp"
#include "tests/integration/dispatch/clients.hpp"

#include <corbel/call.hpp>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace corbel::test {

/// Runs each test over every transport and collocated, under every dispatch policy.
class ManagerSuite : public testing::TestWithParam<std::tuple<Way, DispatchPolicy>> {
 protected:
  static Way way() { return std::get<0>(GetParam()); }
  static const DispatchPolicy& policy() { return std::get<1>(GetParam()); }
  static bool is_event_loop() { return std::holds_alternative<EventLoop>(policy()); }

  /// A reference as the client has it.
  template <Proxy I = calls::Hook>
  I refer(const std::string& id) {
    return world.seen_by_client(world.adapter().template make_reference<I>(ObjectId(id)));
  }

  World world{way(), policy()};
};

/// In each file: the suite's tests under its own name.
#define CORBEL_MANAGER_SUITE(Name)                                              \
  class Name : public ManagerSuite {};                                          \
  INSTANTIATE_TEST_SUITE_P(                                                     \
      Everywhere, Name,                                                         \
      testing::Combine(testing::Values(Way::memory, Way::tcp, Way::collocated), \
                       testing::ValuesIn(all_policies())),                      \
      suite_name)

/// What happened, in order.
class Diary {
 public:
  void write(std::string entry) {
    const std::lock_guard lock(mutex_);
    entries_.push_back(std::move(entry));
  }
  std::vector<std::string> entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
  }
  std::size_t size() const { return entries().size(); }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> entries_;
};

inline std::string called_id() { return CallContext::current().object_id().to_string(); }

/// An activator, a locator of functions.
class TestActivator final : public ServantActivator {
 public:
  using Incarnate = std::function<std::shared_ptr<Servant>(const ObjectId&)>;
  using Etherealize = std::function<void(const ObjectId&, std::shared_ptr<Servant>, bool)>;
  explicit TestActivator(Incarnate incarnate, Etherealize etherealize = {})
      : incarnate_(std::move(incarnate)), etherealize_(std::move(etherealize)) {}

  std::shared_ptr<Servant> incarnate(const ObjectId& id) override { return incarnate_(id); }
  void etherealize(const ObjectId& id, std::shared_ptr<Servant> servant, bool ends) override {
    if (etherealize_) etherealize_(id, std::move(servant), ends);
  }

 private:
  const Incarnate incarnate_;
  const Etherealize etherealize_;
};

class TestLocator final : public ServantLocator {
 public:
  using Preinvoke = std::function<ServantLease(const ObjectId&, std::string_view)>;
  explicit TestLocator(Preinvoke preinvoke) : preinvoke_(std::move(preinvoke)) {}
  ServantLease preinvoke(const ObjectId& id, std::string_view operation) override {
    return preinvoke_(id, operation);
  }

 private:
  const Preinvoke preinvoke_;
};

inline std::shared_ptr<HookServant> hook_that(std::function<int(int)> work) {
  return std::make_shared<HookServant>(std::move(work));
}

}  // namespace corbel::test
