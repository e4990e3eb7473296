#include "tests/integration/naming/running_service.hpp"

#include "naming-service/iterator_table.hpp"

#include <gtest/gtest.h>

#include <set>

namespace corbel::naming_service {
namespace {

using CosNaming::Binding;
using CosNaming::BindingIterator;
using CosNaming::BindingList;
using CosNaming::BindingType;

class BindingIteratorTest : public testing::Test {
 protected:
  void bind_names(int count) {
    for (int i = 0; i < count; ++i)
      service.root.bind({{"n" + std::to_string(i), ""}}, service.object("o"));
  }
  BindingIterator list(std::uint32_t how_many) {
    BindingIterator rest;
    service.root.list(how_many, listed, rest);
    return rest;
  }

  RunningService service;
  BindingList listed;
};

TEST_F(BindingIteratorTest, AListThatFitsNeedsNoIterator) {
  bind_names(3);
  service.root.bind_new_context(name("c.k"));

  EXPECT_TRUE(is_nil(list(4)));

  ASSERT_EQ(listed.size(), 4u);
  EXPECT_EQ(listed[0], (Binding{name("c.k"), BindingType::ncontext}));
  EXPECT_EQ(listed[1], (Binding{name("n0"), BindingType::nobject}));
}

TEST_F(BindingIteratorTest, AnEmptyContextNeedsNoneEither) {
  EXPECT_TRUE(is_nil(list(0)));
  EXPECT_TRUE(listed.empty());
}

TEST_F(BindingIteratorTest, TheRestComesThroughTheIterator) {
  bind_names(7);

  const auto rest = list(3);

  EXPECT_EQ(listed.size(), 3u);
  std::set<std::string> seen;
  for (const auto& binding : listed) seen.insert(text(binding.binding_name));
  BindingList more;
  ASSERT_TRUE(rest.next_n(2, more));
  EXPECT_EQ(more.size(), 2u);
  for (const auto& binding : more) seen.insert(text(binding.binding_name));
  Binding one;
  ASSERT_TRUE(rest.next_one(one));
  seen.insert(text(one.binding_name));
  ASSERT_TRUE(rest.next_n(100, more));
  EXPECT_EQ(more.size(), 1u);
  for (const auto& binding : more) seen.insert(text(binding.binding_name));
  EXPECT_EQ(seen.size(), 7u);
  EXPECT_FALSE(rest.next_n(1, more));
  EXPECT_TRUE(more.empty());
  EXPECT_FALSE(rest.next_one(one));
}

TEST_F(BindingIteratorTest, HowManyZeroLeavesAllToTheIterator) {
  bind_names(2);

  const auto rest = list(0);

  EXPECT_TRUE(listed.empty());
  ASSERT_FALSE(is_nil(rest));
  ASSERT_TRUE(rest.next_n(10, listed));
  EXPECT_EQ(listed.size(), 2u);
}

TEST_F(BindingIteratorTest, NextNOfZeroIsBadParam) {
  bind_names(2);

  const auto rest = list(1);

  EXPECT_EQ(outcome_of([&] { rest.next_n(0, listed); }), "BAD_PARAM");
  EXPECT_TRUE(rest.next_n(1, listed));
}

TEST_F(BindingIteratorTest, ShowsTheContextAsItWasListed) {
  bind_names(3);
  const auto rest = list(1);

  service.root.unbind(name("n1"));
  service.root.bind(name("n9"), service.object("o"));

  ASSERT_TRUE(rest.next_n(10, listed));
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(text(listed[0].binding_name), "n1");
  EXPECT_EQ(text(listed[1].binding_name), "n2");
}

TEST_F(BindingIteratorTest, IsGoneAfterDestroy) {
  bind_names(2);
  const auto rest = list(1);

  rest.destroy();

  EXPECT_EQ(outcome_of([&] { rest.next_n(1, listed); }), "OBJECT_NOT_EXIST");
  EXPECT_EQ(outcome_of([&] { rest.destroy(); }), "OBJECT_NOT_EXIST");
}

TEST(BindingIteratorLimits, TheOneUnusedForLongestMakesRoom) {
  RunningService service({.iterators = {.iterators = 2}});
  for (const char* each : {"a", "b", "c"}) service.root.bind(name(each), service.object("o"));
  BindingList listed;
  BindingIterator first, second, third;
  service.root.list(1, listed, first);
  service.root.list(1, listed, second);
  ASSERT_TRUE(first.next_n(1, listed));

  service.root.list(1, listed, third);

  EXPECT_EQ(outcome_of([&] { second.next_n(1, listed); }), "OBJECT_NOT_EXIST");
  EXPECT_TRUE(first.next_n(1, listed));
  EXPECT_TRUE(third.next_n(1, listed));
}

TEST(BindingIteratorLimits, WhatIteratorsHoldTogetherIsBounded) {
  RunningService service({.iterators = {.bindings = 5}});
  BindingList listed;
  BindingIterator first, second;
  for (const char* each : {"a", "b", "c"}) service.root.bind(name(each), service.object("o"));
  service.root.list(1, listed, first);
  service.root.unbind(name("a"));  // the next list holds bindings of its own

  service.root.bind(name("d"), service.object("o"));
  service.root.list(1, listed, second);

  EXPECT_EQ(outcome_of([&] { first.next_n(1, listed); }), "OBJECT_NOT_EXIST");
  EXPECT_TRUE(second.next_n(1, listed));
}

TEST(BindingIteratorLimits, IdleIteratorsEndAtTheNextList) {
  Orb orb;
  auto now = IteratorTable::Clock::now();
  IteratorTable table(orb.create_adapter("iterators"), {.idle = std::chrono::minutes(5)},
                      [&] { return now; });
  const auto bindings = std::make_shared<std::vector<ListedBinding>>(3);
  const auto forgotten = table.open(bindings, 0);
  const auto used = table.open(bindings, 0);

  now += std::chrono::minutes(4);
  table.touch(reference(used).object_id());
  now += std::chrono::minutes(2);
  table.open(bindings, 0);

  EXPECT_EQ(table.size(), 2u);
  table.close(reference(used).object_id());
  table.close(reference(forgotten).object_id());
  EXPECT_EQ(table.size(), 1u);
}

}  // namespace
}  // namespace corbel::naming_service
