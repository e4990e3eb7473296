#pragma once

#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>

namespace corbel::test {

/// Runs each test over every transport and collocated, under every dispatch policy.
class CallSuite : public testing::TestWithParam<std::tuple<Way, DispatchPolicy>> {
 protected:
  CallSuite() : world(way(), policy()) {
    servant->know_yourself(served);
    target = world.seen_by_client(served);
  }

  static Way way() { return std::get<0>(GetParam()); }
  static const DispatchPolicy& policy() { return std::get<1>(GetParam()); }
  static bool is_event_loop() { return std::holds_alternative<EventLoop>(policy()); }
  /// The caller's thread runs the upcall.
  static bool is_direct() {
    return way() == Way::collocated && (std::holds_alternative<ThreadPerConnection>(policy()) ||
                                        std::holds_alternative<ThreadPerRequest>(policy()));
  }

  World world;
  std::shared_ptr<TargetServant> servant = std::make_shared<TargetServant>();
  calls::Target served = world.adapter().activate<calls::Target>(servant);
  calls::Target target;
};

inline std::string suite_name(const testing::TestParamInfo<CallSuite::ParamType>& info) {
  return std::string(to_string(std::get<0>(info.param))) +
         std::string(name_of(std::get<1>(info.param)));
}

/// In each file: the suite's tests under its own name.
#define CORBEL_CALL_SUITE(Name)                                                 \
  class Name : public CallSuite {};                                             \
  INSTANTIATE_TEST_SUITE_P(                                                     \
      Everywhere, Name,                                                         \
      testing::Combine(testing::Values(Way::memory, Way::tcp, Way::collocated), \
                       testing::ValuesIn(all_policies())),                      \
      suite_name)

}  // namespace corbel::test
