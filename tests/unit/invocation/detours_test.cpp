#include <orb/invocation/detours.hpp>
#include <orb/invocation/route.hpp>

#include <gtest/gtest.h>

namespace corbel::invocation {

namespace {

constexpr unsigned kAtMost = 4;
const CommFailure kGone("gone", Completion::no);

ObjectRef place(std::uint16_t port) { return ObjectRef::at({{"192.0.2.1", port}}, "key"); }

}  // namespace

TEST(Detours, ToNilAreRefusedAndLeaveTheRouteAlone) {
  Route route(place(1));
  Detours detours;

  EXPECT_THROW(detours.forward(route, ObjectRef(), false, kAtMost), InvObjref);

  EXPECT_FALSE(route.is_forwarded());
}

TEST(Detours, AreCountedAndTheOneTooManyEndsTheCall) {
  Route route(place(1));
  Detours detours;
  for (std::uint16_t i = 0; i < kAtMost; ++i) detours.forward(route, place(i), false, kAtMost);
  EXPECT_FALSE(detours.are_over(kAtMost));

  try {
    detours.forward(route, place(9), false, kAtMost);
    FAIL() << "one too many";
  } catch (const Transient& failure) {
    EXPECT_NE(failure.message().find("forwarded 5 times"), std::string_view::npos)
        << failure.what();
  }

  EXPECT_TRUE(detours.are_over(kAtMost));
  EXPECT_FALSE(detours.fall_back(route, kGone, kAtMost));
}

TEST(Detours, BackAreNotCalledForwards) {
  Route route(place(1));
  Detours detours;
  for (int i = 0; i < 2; ++i) {
    detours.forward(route, place(2), false, kAtMost);
    EXPECT_TRUE(detours.fall_back(route, kGone, kAtMost));
    EXPECT_EQ(route.current(), place(1));
  }

  try {
    detours.forward(route, place(2), false, kAtMost);
    FAIL() << "one too many";
  } catch (const Transient& failure) {
    EXPECT_NE(failure.message().find("forwarded 3 times"), std::string_view::npos)
        << failure.what();
  }
}

TEST(Detours, LeadBackOnlyFromAForwardAndOnlyWhereNothingRan) {
  Route route(place(1));
  Detours detours;
  EXPECT_FALSE(detours.fall_back(route, kGone, kAtMost));
  detours.forward(route, place(2), false, kAtMost);

  EXPECT_FALSE(detours.fall_back(route, CommFailure("lost", Completion::maybe), kAtMost));
  EXPECT_FALSE(detours.fall_back(route, Marshal("", Completion::no), kAtMost));
  EXPECT_TRUE(detours.fall_back(route, ObjectNotExist("", Completion::no), kAtMost));
}

}  // namespace corbel::invocation
