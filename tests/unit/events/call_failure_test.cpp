#include "event-service/core/call_failure.hpp"

#include <corbel/exceptions.hpp>

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

template <class E>
CallFailure of(E exception) {
  return classify(std::make_exception_ptr(std::move(exception)));
}

TEST(CallFailure, WhatSurelyDidNotRunIsTriedAgain) {
  EXPECT_EQ(of(Transient("refused")), CallFailure::unreachable);
  EXPECT_EQ(of(ConnectFailed("refused")), CallFailure::unreachable);
  EXPECT_EQ(of(Timeout("connecting", Completion::no)), CallFailure::unreachable);
}

TEST(CallFailure, WhatPerhapsRanIsUncertain) {
  EXPECT_EQ(of(CommFailure("closed", Completion::maybe)), CallFailure::uncertain);
  EXPECT_EQ(of(Timeout("waiting", Completion::maybe)), CallFailure::uncertain);
}

TEST(CallFailure, AnObjectThatDoesNotExistOrIsNoConsumerIsGone) {
  EXPECT_EQ(of(ObjectNotExist()), CallFailure::gone);
  EXPECT_EQ(of(BadOperation()), CallFailure::gone);
}

TEST(CallFailure, AnExceptionOfTheConsumerItselfIsARejection) {
  EXPECT_EQ(of(Unknown("std::logic_error", Completion::maybe)), CallFailure::rejected);
  EXPECT_EQ(of(Marshal("strange value", Completion::no)), CallFailure::rejected);
  EXPECT_EQ(of(std::runtime_error("?")), CallFailure::rejected);
}

}  // namespace
}  // namespace corbel::event_service
