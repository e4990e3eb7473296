#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <orb/cdr/value_factories.hpp>
#include <tests/unit/cdr/sample_values.hpp>

namespace corbel {
namespace {

using cdr::DecodeLimits;
using cdr::Decoder;
using cdr::Encoder;
using namespace testing;

template <class T>
std::shared_ptr<T> read_one(Decoder& decoder) {
  auto value = decode<std::shared_ptr<T>>(decoder);
  EXPECT_FALSE(decoder.failed()) << decoder.failure() << " at " << decoder.failure_position();
  EXPECT_EQ(decoder.remaining(), 0u);
  decoder.release_values();
  return value;
}

template <class T>
std::shared_ptr<T> round_trip(const std::shared_ptr<T>& value) {
  Encoder encoder;
  encode(encoder, value);
  const auto octets = encoder.copy();
  Decoder decoder(octets);
  return read_one<T>(decoder);
}

class RunningTask final : public Task {
 public:
  void run() override { ++runs; }
  int runs = 0;
};

TEST(Value, NullStaysNull) { EXPECT_EQ(round_trip(std::shared_ptr<Node>()), nullptr); }

TEST(Value, WhatIsSharedIsSharedAgain) {
  const auto root = std::make_shared<Node>(1);
  root->left = std::make_shared<Node>(2);
  root->right = root->left;

  const auto copy = round_trip(root);

  EXPECT_EQ(copy->id, 1);
  EXPECT_EQ(copy->left->id, 2);
  EXPECT_EQ(copy->left, copy->right);
  EXPECT_NE(copy->left, root->left);
}

TEST(Value, ACycleIsACycleAgain) {
  const auto root = std::make_shared<Node>(1);
  root->left = std::make_shared<Node>(2);
  root->left->right = root;

  const auto copy = round_trip(root);

  EXPECT_EQ(copy->left->right, copy);
  break_cycles(copy);
  break_cycles(root);
  EXPECT_EQ(copy->left, nullptr);
  EXPECT_EQ(copy.use_count(), 1);
}

TEST(Value, AllValuesOfAMessageShareOneTable) {
  const auto shared = std::make_shared<Node>(7);
  Encoder encoder;
  encode(encoder, shared);
  encode(encoder, std::vector<std::shared_ptr<Node>>{shared, nullptr, shared});
  const auto octets = encoder.copy();

  Decoder decoder(octets);
  const auto one = decode<std::shared_ptr<Node>>(decoder);
  const auto many = decode<std::vector<std::shared_ptr<Node>>>(decoder);

  ASSERT_FALSE(decoder.failed()) << decoder.failure();
  EXPECT_EQ(many, (std::vector<std::shared_ptr<Node>>{one, nullptr, one}));
}

TEST(Value, ADerivedValueComesThroughItsBaseWhenItIsKnown) {
  const auto value = std::make_shared<Derived>();
  value->a = 1;
  value->b = 2.5;
  value->c = std::make_shared<Base>();
  value->c->a = 3;
  Encoder encoder;
  encode(encoder, std::shared_ptr<Base>(value));
  const auto octets = encoder.copy();
  constexpr const stub::ValueType* known[] = {&stub::kValueType<Derived>};

  Decoder decoder(octets);
  decoder.set_known_values(known);
  const auto copy = std::dynamic_pointer_cast<Derived>(read_one<Base>(decoder));

  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->a, 1);
  EXPECT_EQ(copy->b, 2.5);
  EXPECT_EQ(copy->c->a, 3);
}

TEST(Value, ATruncatableValueIsCutDownToTheBaseThatIsKnown) {
  const auto value = std::make_shared<Derived>();
  value->a = 1;
  value->c = std::make_shared<Derived>();
  value->c->a = 5;

  const auto copy = round_trip(std::shared_ptr<Base>(value));

  EXPECT_EQ(copy->a, 1);
  EXPECT_EQ(repository_id(*copy), "IDL:Base:1.0");
}

TEST(Value, AValueBehindATruncatedOneIsReadAgain) {
  const auto value = std::make_shared<Derived>();
  value->c = std::make_shared<Derived>();
  const auto last = std::make_shared<Base>();
  last->a = 9;
  Encoder encoder;
  encode(encoder, std::vector<std::shared_ptr<Base>>{value, last, value});
  const auto octets = encoder.copy();

  Decoder decoder(octets);
  const auto values = decode<std::vector<std::shared_ptr<Base>>>(decoder);

  ASSERT_FALSE(decoder.failed()) << decoder.failure();
  EXPECT_EQ(values[1]->a, 9);
  EXPECT_EQ(values[2], values[0]);
}

TEST(Value, ABoxHoldsItsText) {
  const auto box = std::make_shared<Label>();
  box->value = "h\u00e9llo";

  EXPECT_EQ(round_trip(box)->value, "h\u00e9llo");
}

TEST(Value, OperationsNeedAFactory) {
  const auto task = std::make_shared<RunningTask>();
  task->id = 4;
  Encoder encoder;
  encode(encoder, std::shared_ptr<Task>(task));
  const auto octets = encoder.copy();
  auto factories = std::make_shared<cdr::ValueFactories>();

  Decoder without(octets);
  EXPECT_EQ(decode<std::shared_ptr<Task>>(without), nullptr);
  EXPECT_EQ(without.failure(),
            "no factory for the valuetype IDL:Task:1.0; register one with "
            "Orb::register_value_factory");

  factories->add(stub::kValueType<Task>, [] { return std::make_shared<RunningTask>(); });
  const Decoder::Factories lent = factories;
  Decoder with(octets);
  with.set_value_factories(&lent);
  const auto copy = read_one<Task>(with);
  EXPECT_NE(std::dynamic_pointer_cast<RunningTask>(copy), nullptr);
  EXPECT_EQ(copy->id, 4);
}

TEST(Value, AFactoryThatMakesSomethingElseIsToldSo) {
  Encoder encoder;
  encode(encoder, std::make_shared<Base>());
  const auto octets = encoder.copy();
  auto factories = std::make_shared<cdr::ValueFactories>();
  factories->add(stub::kValueType<Base>, [] { return std::make_shared<Derived>(); });
  const Decoder::Factories lent = factories;

  Decoder decoder(octets);
  decoder.set_value_factories(&lent);
  decode<std::shared_ptr<Base>>(decoder);

  EXPECT_EQ(decoder.failure(), "the factory registered for IDL:Base:1.0 makes something else");
}

TEST(Value, ValueBaseTakesWhatIsKnown) {
  Encoder encoder;
  encode(encoder, std::make_shared<Node>(3));
  const auto octets = encoder.copy();
  constexpr const stub::ValueType* known[] = {&stub::kValueType<Node>};

  Decoder decoder(octets);
  decoder.set_known_values(known);
  const auto value = read_one<ValueBase>(decoder);
  Decoder stranger(octets);
  decode<std::shared_ptr<ValueBase>>(stranger);

  EXPECT_EQ(std::dynamic_pointer_cast<Node>(value)->id, 3);
  EXPECT_EQ(stranger.failure(),
            "value of type IDL:Node:1.0, which is not known here as a "
            "IDL:omg.org/CORBA/ValueBase:1.0");
}

TEST(Value, AnAnyGivesTheValueBack) {
  const auto root = std::make_shared<Node>(1);
  root->left = std::make_shared<Node>(2);
  root->right = root->left;

  const Any any(root);
  const auto copy = any.get<std::shared_ptr<Node>>();

  EXPECT_EQ(copy->left->id, 2);
  EXPECT_EQ(copy->left, copy->right);
}

TEST(Value, AnAnyHoldsWhatTheValueIs) {
  const auto derived = std::make_shared<Derived>();
  derived->a = 4;

  const Any any(std::shared_ptr<Base>{derived});

  EXPECT_EQ(any.type().id(), "IDL:Derived:1.0");
  EXPECT_EQ(any.get<std::shared_ptr<Base>>()->a, 4);  // cut down: the file knows only Base
  EXPECT_EQ(any.get<std::shared_ptr<Derived>>()->a, 4);
  EXPECT_FALSE(any.is<std::shared_ptr<Node>>());
  EXPECT_TRUE(any.is<std::shared_ptr<ValueBase>>());
}

TEST(Value, AnAnyInsideOfChunksKeepsToThem) {
  const auto cell = std::make_shared<Cell>();
  cell->content = 6;
  cell->next = std::make_shared<Cell>();
  const auto holder = std::make_shared<Holder>();
  holder->last = 9;
  for (const Any& any : {Any(cell), Any(std::string("text")), Any(2.5), Any(), Any(holder)}) {
    holder->content = any;
    Encoder encoder;
    encode(encoder, holder);
    encode(encoder, std::make_shared<Base>());
    const auto octets = encoder.copy();

    Decoder whole(octets);
    const auto copy = decode<std::shared_ptr<Holder>>(whole);
    ASSERT_NE(copy, nullptr) << whole.failure() << " at " << whole.failure_position();
    EXPECT_EQ(copy->content, any);
    EXPECT_EQ(copy->last, 9);
    EXPECT_NE(read_one<Base>(whole), nullptr);

    Decoder cut(octets);
    const auto base = decode<std::shared_ptr<Base>>(cut);
    ASSERT_NE(base, nullptr) << cut.failure() << " at " << cut.failure_position();
    EXPECT_EQ(repository_id(*base), "IDL:Base:1.0");
    EXPECT_NE(read_one<Base>(cut), nullptr);

    const Any outer(holder);
    EXPECT_EQ(outer.get<std::shared_ptr<Holder>>()->content, any);
  }
}

TEST(Value, AChainAsLongAsAllowedTravelsALongerOneIsRefused) {
  const unsigned most = DecodeLimits().value_chain;
  std::shared_ptr<Node> head;
  for (unsigned i = 0; i < most; ++i) {
    auto next = std::make_shared<Node>(static_cast<std::int32_t>(i));
    next->left = std::move(head);
    head = std::move(next);
  }

  EXPECT_EQ(round_trip(head)->left->id, static_cast<std::int32_t>(most) - 2);
  for (unsigned i = 0; i < 100'000; ++i) {
    auto next = std::make_shared<Node>(0);
    next->left = std::move(head);
    head = std::move(next);
  }
  Encoder encoder;
  EXPECT_THROW(encode(encoder, head), Marshal);
  head.reset();  // needs no stack for each of them
}

TEST(Value, AFailureFreesACycleThatWasReadBefore) {
  const int before = Node::alive;
  {
    const auto root = std::make_shared<Node>(1);
    root->left = root;
    Encoder encoder;
    encode(encoder, root);
    encode(encoder, true);
    auto octets = encoder.copy();
    octets.back() = std::byte{2};
    break_cycles(root);

    Decoder decoder(octets);
    const auto copy = decode<std::shared_ptr<Node>>(decoder);
    ASSERT_FALSE(decoder.failed());
    decoder.read<bool>();
    EXPECT_TRUE(decoder.failed());
  }
  EXPECT_EQ(Node::alive, before);
}

}  // namespace
}  // namespace corbel
