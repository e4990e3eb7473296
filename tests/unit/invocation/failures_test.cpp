#include <orb/base/upcall_thread.hpp>
#include <orb/invocation/failures.hpp>

#include <gtest/gtest.h>

namespace corbel::invocation {

using connection::CallStatus;

namespace {

constexpr stub::Operation kRun{"run", false, {}, "calls::Hook::run"};

std::string failure_of(CallStatus status) {
  try {
    raise_not_answered({status, {}, "because"}, ObjectRef::at({{"192.0.2.1", 9}}, "key"),
                       {"192.0.2.1", 9}, kRun);
  } catch (const SystemException& failure) {
    EXPECT_NE(std::string_view(failure.what()).find("run at 192.0.2.1:9"), std::string_view::npos)
        << failure.what();
    EXPECT_NE(std::string_view(failure.what()).find("because"), std::string_view::npos)
        << failure.what();
    return std::string(failure.name()) + " " + std::string(to_string(failure.completed()));
  }
}

}  // namespace

TEST(Failures, EachOutcomeHasItsExceptionAndCompletionStatus) {
  EXPECT_EQ(failure_of(CallStatus::not_sent), "COMM_FAILURE COMPLETED_NO");
  EXPECT_EQ(failure_of(CallStatus::not_processed), "COMM_FAILURE COMPLETED_NO");
  EXPECT_EQ(failure_of(CallStatus::lost), "COMM_FAILURE COMPLETED_MAYBE");
  EXPECT_EQ(failure_of(CallStatus::timed_out), "TIMEOUT COMPLETED_MAYBE");
  EXPECT_EQ(failure_of(CallStatus::timed_out_unsent), "TIMEOUT COMPLETED_NO");
  EXPECT_EQ(failure_of(CallStatus::cancelled), "NO_RESPONSE COMPLETED_MAYBE");
}

TEST(Failures, ATimeoutRepeatsTheHintOfItsUpcall) {
  const WaitHint hint("the reason may be this");
  try {
    raise_not_answered({CallStatus::timed_out, {}, ""}, ObjectRef(), {"h", 1}, kRun);
  } catch (const Timeout& failure) {
    EXPECT_NE(std::string_view(failure.what()).find("the reason may be this"),
              std::string_view::npos);
  }
}

TEST(Failures, OnlyWhatSurelyDidNotRunIsRetried) {
  EXPECT_TRUE(may_retry(Transient("", Completion::no)));
  EXPECT_TRUE(may_retry(CommFailure("", Completion::no)));
  EXPECT_FALSE(may_retry(Transient("", Completion::maybe)));
  EXPECT_FALSE(may_retry(CommFailure("", Completion::maybe)));
  EXPECT_FALSE(may_retry(ObjectNotExist("", Completion::no)));
  EXPECT_FALSE(may_retry(Timeout("", Completion::no)));
  // Every address was tried already.
  EXPECT_FALSE(may_retry(ConnectFailed("", Completion::no)));
}

TEST(Failures, ARefusedConnectionNamesTheAddressesAndWhatToLookAt) {
  const auto message_of = [](bool timed_out) {
    try {
      raise_connect_failed(ObjectRef(), "192.0.2.1:9 refused", timed_out);
    } catch (const ConnectFailed& failure) {
      return std::string(failure.what());
    }
  };

  EXPECT_NE(message_of(false).find("192.0.2.1:9 refused"), std::string::npos);
  EXPECT_NE(message_of(false).find("is the server running?"), std::string::npos);
  EXPECT_NE(message_of(true).find("is the host up"), std::string::npos);
}

}  // namespace corbel::invocation
