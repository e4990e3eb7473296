#include <locals.idl.hpp>

#include <corbel/exceptions.hpp>

#include "tests/integration/mapping/echo.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// Local interfaces, native types, TypeCodes as values, exceptions of attributes.
namespace corbel::test {

CORBEL_BOTH_WAYS(Locals);

namespace {

class Counter final : public locals::Iterator {
 public:
  bool next(Direction, Position& at, std::string& value) override {
    if (at.index == 3) throw locals::Empty();
    value = "at " + std::to_string(++at.index);
    return at.index < 3;
  }
  Iterators split(const std::shared_ptr<locals::Cookie>& key) override {
    return key == nullptr ? Iterators() : Iterators{std::make_shared<Counter>(), nullptr};
  }
  std::string name() override { return name_; }
  void name(std::string_view value) override { name_ = value; }
  std::shared_ptr<locals::Iterator> parent() override { return nullptr; }

 private:
  std::string name_;
};

class MyCookie final : public locals::Cookie {};

class EchoTypes : public locals::Types::Servant {
 public:
  CORBEL_ECHO(use_type, const TypeCode&, TypeCode)
  CORBEL_ECHO(use_types, const locals::TypeCodes&, locals::TypeCodes)
  CORBEL_ECHO(use_description, const locals::Description&, locals::Description)
  std::string text() override { throw locals::Empty(); }
  void text(std::string_view value) override {
    if (value.empty()) throw locals::Empty();
    throw locals::Full(static_cast<std::uint32_t>(value.size()));
  }
  std::int32_t size() override { throw locals::Full(1); }
  void in_context(std::string_view what) override { last = what; }

  std::string last;
};

}  // namespace

TEST(LocalInterface, IsAnAbstractClassHeldByASharedPointer) {
  const std::shared_ptr<locals::Iterator> counter = std::make_shared<Counter>();
  locals::Iterator::Position at;
  std::string value;

  EXPECT_TRUE(counter->next(locals::Iterator::Direction::forward, at, value));
  EXPECT_EQ(value, "at 1");
  at.index = 3;
  EXPECT_THROW(counter->next(locals::Iterator::Direction::forward, at, value), locals::Empty);
  EXPECT_EQ(counter->split(std::make_shared<MyCookie>()).size(), 2U);
  EXPECT_TRUE(counter->split(nullptr).empty());
}

TEST(LocalInterface, DoesNotTravel) {
  locals::Iterator::Position position;
  position.where = std::make_shared<Counter>();

  EXPECT_THROW(Any{position}, Marshal);
  EXPECT_EQ(Type<std::shared_ptr<locals::Iterator>>::type_code().kind(),
            TCKind::tk_local_interface);
}

TEST_P(Locals, TypeCodesTravelInEveryDirection) {
  const auto peer = serve<locals::Types>(std::make_shared<EchoTypes>());
  const TypeCode type = Type<locals::Description>::type_code();

  EXPECT_ECHO(use_type, TypeCode, type, TypeCode());
  EXPECT_ECHO(use_types, locals::TypeCodes, (locals::TypeCodes{type, TypeCode::string(8)}), {});
  EXPECT_ECHO(use_description, locals::Description,
              (locals::Description{TypeCode(TCKind::tk_double), Any(1.5)}), {});
  expect_travels_in_any(locals::Description{type, Any(type)});
}

TEST_P(Locals, AttributesRaiseWhatTheyDeclare) {
  const auto servant = std::make_shared<EchoTypes>();
  const auto peer = serve<locals::Types>(servant);

  EXPECT_THROW(peer.text(), locals::Empty);
  EXPECT_THROW(peer.text(""), locals::Empty);
  try {
    peer.text("four");
    FAIL() << "nothing was thrown";
  } catch (const locals::Full& full) {
    EXPECT_EQ(full.size, 4U);
  }
  EXPECT_THROW(peer.async_text().get(), locals::Empty);
  EXPECT_THROW(peer.size(), Unknown) << "not in its raises clause";
  peer.in_context("nothing is sent for it");
  EXPECT_EQ(servant->last, "nothing is sent for it");
}

}  // namespace corbel::test
