#include <gtest/gtest.h>
#include <corbel/exceptions.hpp>

namespace corbel {
namespace {

TEST(SystemException, SaysItsNameAndMessage) {
  const Transient exception("connect to 10.0.0.7:2809 refused", Completion::no, 2);

  EXPECT_STREQ(exception.what(), "TRANSIENT: connect to 10.0.0.7:2809 refused");
  EXPECT_EQ(exception.name(), "TRANSIENT");
  EXPECT_EQ(exception.message(), "connect to 10.0.0.7:2809 refused");
  EXPECT_EQ(exception.repository_id(), "IDL:omg.org/CORBA/TRANSIENT:1.0");
  EXPECT_EQ(exception.completed(), Completion::no);
  EXPECT_EQ(exception.minor(), 2u);
}

TEST(SystemException, WithoutMessageIsJustItsName) {
  EXPECT_STREQ(Marshal().what(), "MARSHAL");
  EXPECT_EQ(Marshal().message(), "");
}

TEST(SystemException, RaiseThrowsTheMostDerivedType) {
  const ConnectFailed failed("refused");
  const SystemException& base = failed;

  EXPECT_THROW(base.raise(), ConnectFailed);
}

TEST(RaiseSystemException, TurnsARepositoryIdIntoItsType) {
  EXPECT_THROW(
      raise_system_exception("IDL:omg.org/CORBA/OBJECT_NOT_EXIST:1.0", "", Completion::no, 0),
      ObjectNotExist);
  EXPECT_THROW(
      raise_system_exception("IDL:omg.org/CORBA/ACTIVITY_REQUIRED:1.0", "", Completion::no, 0),
      ActivityRequired);
}

TEST(RaiseSystemException, KeepsCompletionAndMinorCode) {
  try {
    raise_system_exception("IDL:omg.org/CORBA/COMM_FAILURE:1.0", "lost", Completion::maybe,
                           0x4f4d0001);
  } catch (const CommFailure& exception) {
    EXPECT_EQ(exception.completed(), Completion::maybe);
    EXPECT_EQ(exception.minor(), 0x4f4d0001u);
    EXPECT_EQ(exception.message(), "lost");
    return;
  }
  FAIL();
}

TEST(RaiseSystemException, MakesAnUnknownIdUnknownAndNamesIt) {
  try {
    raise_system_exception("IDL:vendor.com/ODD:1.0", "", Completion::maybe, 0);
  } catch (const Unknown& exception) {
    EXPECT_NE(exception.message().find("IDL:vendor.com/ODD:1.0"), std::string_view::npos);
    return;
  }
  FAIL();
}

TEST(RaiseSystemException, SurvivesAnIdWithoutVersionOrContent) {
  EXPECT_THROW(raise_system_exception("IDL:omg.org/CORBA/", "", Completion::no, 0), Unknown);
  EXPECT_THROW(raise_system_exception("", "", Completion::no, 0), Unknown);
}

TEST(Completion, PrintsItsStandardName) {
  EXPECT_EQ(to_string(Completion::maybe), "COMPLETED_MAYBE");
}

}  // namespace
}  // namespace corbel
