#include "tests/integration/calls/suite.hpp"

#include <corbel/stub/proxy_base.hpp>

namespace corbel::test {

CORBEL_CALL_SUITE(Exceptions);

TEST_P(Exceptions, AUserExceptionArrivesWithItsMembers) {
  try {
    target.refuse("Schlüssel fehlt");
    FAIL() << "nothing was thrown";
  } catch (const calls::Refused& refused) {
    EXPECT_EQ(refused, calls::Refused("Schlüssel fehlt", 7));
  }
}

TEST_P(Exceptions, AUserExceptionThatIsNotDeclaredArrivesAsUnknown) {
  EXPECT_EQ(failure_of([&] { target.refuse_undeclared(); }), "UNKNOWN COMPLETED_MAYBE");
}

TEST_P(Exceptions, ASystemExceptionKeepsItsCompletionStatusAndMinorCode) {
  EXPECT_EQ(failure_of([&] { target.fail(0); }), "NO_RESOURCES COMPLETED_YES");
  EXPECT_EQ(failure_of([&] { target.fail(1); }), "NO_RESOURCES COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { target.fail(2); }), "NO_RESOURCES COMPLETED_MAYBE");
  try {
    target.fail(1);
  } catch (const NoResources& failure) {
    EXPECT_EQ(failure.minor(), 0x1234U);
  }
}

TEST_P(Exceptions, AnyOtherCppExceptionArrivesAsUnknown) {
  EXPECT_EQ(failure_of([&] { target.throw_standard(); }), "UNKNOWN COMPLETED_MAYBE");
  EXPECT_EQ(failure_of([&] { target.throw_number(); }), "UNKNOWN COMPLETED_MAYBE");
}

TEST_P(Exceptions, AnOperationThatTheServantDoesNotOverrideIsNotImplemented) {
  EXPECT_EQ(failure_of([&] { target.not_written(); }), "NO_IMPLEMENT COMPLETED_NO");
}

TEST_P(Exceptions, AnOperationThatTheInterfaceDoesNotHaveIsABadOperation) {
  const auto hook = unchecked_narrow<calls::Hook>(target);

  EXPECT_EQ(failure_of([&] { hook.run(1); }), "BAD_OPERATION COMPLETED_NO");
}

TEST_P(Exceptions, ThereIsNoInterfaceRepository) {
  const stub::Operation operation{"_interface", false, {}, "CORBA::Object::_interface"};

  EXPECT_EQ(failure_of([&] {
              stub::invoke(
                  target, operation, [](cdr::Encoder&) {}, [](cdr::Decoder&) {});
            }),
            "INTF_REPOS COMPLETED_NO");
}

TEST_P(Exceptions, ArgumentsThatDoNotFitTheOperationAreRefused) {
  const stub::Operation operation{"add", false, {}, "calls::Base::add"};
  const auto add = [&](auto encode) {
    return failure_of([&] { stub::invoke(target, operation, encode, [](cdr::Decoder&) {}); });
  };

  EXPECT_EQ(add([](cdr::Encoder& body) { body.write(std::int32_t{1}); }), "MARSHAL COMPLETED_NO");
  EXPECT_EQ(add([](cdr::Encoder& body) {
              for (std::int32_t i = 0; i < 3; ++i) body.write(i);
            }),
            "MARSHAL COMPLETED_NO");
  EXPECT_EQ(target.add(1, 1), 2);
}

TEST_P(Exceptions, ResultsThatDoNotFitTheOperationAreRefusedAfterItHasRun) {
  const stub::Operation operation{"add", false, {}, "calls::Base::add"};
  const auto encode = [](cdr::Encoder& body) {
    body.write(std::int32_t{1});
    body.write(std::int32_t{2});
  };

  EXPECT_EQ(failure_of([&] {
              stub::invoke(target, operation, encode,
                           [](cdr::Decoder& body) { body.read<std::int64_t>(); });
            }),
            "MARSHAL COMPLETED_YES");
  EXPECT_EQ(failure_of([&] { stub::invoke(target, operation, encode, [](cdr::Decoder&) {}); }),
            "MARSHAL COMPLETED_YES");
}

TEST_P(Exceptions, ACallOnNilSaysSo) {
  EXPECT_EQ(failure_of([] { calls::Target().add(1, 2); }), "INV_OBJREF COMPLETED_NO");
}

TEST_P(Exceptions, AServantMayAnswerLaterFromAnotherThread) {
  EXPECT_EQ(target.answer_later("tea"), "later: tea");
}

TEST_P(Exceptions, AServantMayFailLaterFromAnotherThread) {
  try {
    target.refuse_later();
    FAIL() << "nothing was thrown";
  } catch (const calls::Refused& refused) {
    EXPECT_EQ(refused, calls::Refused("later", 3));
  }
}

TEST_P(Exceptions, ADroppedResponderIsNoResponse) {
  EXPECT_EQ(failure_of([&] { target.answer_never(); }), "NO_RESPONSE COMPLETED_MAYBE");
}

TEST_P(Exceptions, ANullExceptionIsUnknown) {
  class Failing final : public calls::Target::Servant {
   public:
    std::int32_t add(std::int32_t a, std::int32_t b) override { return a + b; }
    void async_answer_never(Responder<void> responder) override { responder.fail(nullptr); }
  };
  const auto failing = world.serve<calls::Target>(std::make_shared<Failing>());

  EXPECT_EQ(failure_of([&] { failing.answer_never(); }), "UNKNOWN COMPLETED_MAYBE");
}

TEST_P(Exceptions, AnExceptionBeforeTheResponderIsMovedAnswersTheCall) {
  EXPECT_THROW(target.throw_at_once(), calls::Refused);
}

}  // namespace corbel::test
