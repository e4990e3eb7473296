#include "tests/integration/mapping/echo_peer.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

namespace corbel::test {

CORBEL_BOTH_WAYS(Exceptions);

TEST_P(Exceptions, OfTheRaisesClauseArriveWithTheirMembers) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  try {
    peer.fail(0);
    FAIL() << "no exception";
  } catch (const types::Bad& bad) {
    EXPECT_EQ(bad, (types::Bad{types::Color::blue, "too blue", {1, -2, 3}, nullptr}));
    EXPECT_STREQ(bad.what(), "types::Bad");
    EXPECT_EQ(repository_id(bad), "IDL:types/Bad:1.0");
  }
}

TEST_P(Exceptions, WithoutMembersAreTellableApart) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_THROW(peer.fail(1), types::Empty);
  EXPECT_THROW(peer.async_fail(1).get(), types::Empty);
}

TEST_P(Exceptions, OfTheSystemKeepTheirParts) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  try {
    peer.fail(2);
    FAIL() << "no exception";
  } catch (const NoPermission& refused) {
    EXPECT_EQ(refused.completed(), Completion::yes);
    EXPECT_EQ(refused.minor(), 42U);
  }
}

TEST_P(Exceptions, ThatNobodyDeclaredBecomeUnknown) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_THROW(peer.fail(3), Unknown);
  EXPECT_THROW(peer.async_fail(3).get(), Unknown);
}

TEST_P(Exceptions, TellThatAnOperationIsNotImplemented) {
  class Lazy : public types::Peer::Servant {};
  const auto peer = serve<types::Peer>(std::make_shared<Lazy>());

  EXPECT_THROW(peer.nothing(), NoImplement);
  EXPECT_THROW(peer.async_nothing().get(), NoImplement);
  EXPECT_THROW(peer.name(), NoImplement);
}

TEST_P(Exceptions, OnANilReferenceAreInvObjref) {
  EXPECT_THROW(types::Peer().nothing(), InvObjref);
  EXPECT_THROW(types::Peer(nullptr).name(), InvObjref);
}

}  // namespace corbel::test
