#include "tests/integration/mapping/forest.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// Valuetypes in calls: what is shared, null, derived, boxed, abstract.
namespace corbel::test {

CORBEL_BOTH_WAYS(Valuetypes);

namespace {

using Node = std::shared_ptr<tree::Node>;

Node node(std::string label, tree::Nodes children = {}) {
  return std::make_shared<tree::Node>(std::move(label), std::move(children), nullptr, 7);
}

}  // namespace

TEST_P(Valuetypes, AreCopiedWithWhatTheyShare) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const Node leaf = node("leaf");
  const Node root = node("root", {leaf, nullptr, leaf});

  const Node copy = forest.echo(root);

  ASSERT_EQ(copy->children.size(), 3U);
  EXPECT_NE(copy, root);
  EXPECT_NE(copy->children[0], leaf);
  EXPECT_EQ(copy->label, "root");
  EXPECT_EQ(copy->children[0]->label, "leaf");
  EXPECT_EQ(copy->children[0], copy->children[2]);
  EXPECT_EQ(copy->children[1], nullptr);
  EXPECT_EQ(forest.async_echo(root).get()->children[0]->label, "leaf");
}

TEST_P(Valuetypes, KeepTheirCycles) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const Node root = node("root", {node("child")});
  root->children[0]->parent = root;

  const Node copy = forest.echo(root);

  EXPECT_EQ(copy->children[0]->parent, copy);
  break_cycles(copy);
  break_cycles(root);
}

TEST_P(Valuetypes, AreSharedAmongTheArgumentsAndAmongTheResultsOfACall) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const Node root = node("root");

  EXPECT_TRUE(forest.same(root, root));
  EXPECT_TRUE(forest.same(nullptr, nullptr));
  EXPECT_FALSE(forest.same(root, node("root")));

  Node one = root;
  Node same;
  const auto all = forest.echo_all({root, root}, one, same);
  EXPECT_EQ(all[0], all[1]);
  EXPECT_EQ(one, all[0]);
  EXPECT_EQ(same, all[0]);
  const auto results = forest.async_echo_all({root}, root).get();
  EXPECT_EQ(results.one, results.result[0]);
  EXPECT_EQ(results.same, results.result[0]);
}

TEST_P(Valuetypes, OfADerivedTypeComeThroughTheirBase) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const auto square = std::make_shared<tree::Square>("a", "code", tree::Kind::special, 4);
  const auto ring =
      std::make_shared<tree::Ring>("b", "12345678", tree::Kind::plain, 1.5, square, 0.5);

  const auto square_copy = std::dynamic_pointer_cast<tree::Square>(forest.echo_shape(square));
  const auto ring_copy = std::dynamic_pointer_cast<tree::Ring>(forest.echo_shape(ring));

  ASSERT_NE(square_copy, nullptr);
  EXPECT_EQ(square_copy->side, 4);
  EXPECT_EQ(square_copy->shape_kind, tree::Kind::special);
  ASSERT_NE(ring_copy, nullptr);
  EXPECT_EQ(ring_copy->hole, 0.5);
  EXPECT_EQ(ring_copy->code, "12345678");
  EXPECT_EQ(std::dynamic_pointer_cast<tree::Square>(ring_copy->inside)->side, 4);
}

TEST_P(Valuetypes, OfABoundThatIsExceededAreNotSent) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const auto shape = std::make_shared<tree::Shape>("a", "123456789", tree::Kind::plain);

  EXPECT_THROW(forest.echo_shape(shape), BadParam);
}

TEST_P(Valuetypes, BoxesHoldAnything) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());

  EXPECT_EQ(forest.echo_text(std::make_shared<tree::Text>("boxed"))->value, "boxed");
  EXPECT_EQ(forest.echo_text(nullptr), nullptr);
  EXPECT_EQ(forest.echo_numbers(std::make_shared<tree::Numbers>(std::vector{1, 2}))->value,
            (std::vector{1, 2}));
  EXPECT_TRUE(forest.echo_flag(std::make_shared<tree::Flag>(true))->value);
  EXPECT_EQ(forest.echo_point(std::make_shared<tree::PointBox>(tree::Point{3, 4}))->value,
            (tree::Point{3, 4}));
  EXPECT_NE(forest.echo_empty(std::make_shared<tree::Empty>()), nullptr);
}

TEST_P(Valuetypes, StandInStructsUnionsAndAnys) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const Node root = node("root");
  tree::Choice choice;
  choice.root(root);

  const auto pair = forest.echo_pair({root, root, root});
  const auto chosen = forest.echo_choice(choice);
  const auto any = forest.echo_any(Any(root));

  EXPECT_EQ(pair.first->label, "root");
  EXPECT_EQ(pair.second, pair.first);
  EXPECT_EQ(pair.anything, pair.first);
  EXPECT_EQ(chosen.root()->label, "root");
  EXPECT_EQ(any.get<Node>()->label, "root");
}

TEST_P(Valuetypes, StandInExceptions) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());
  const Node root = node("root");

  try {
    forest.fail(root);
    FAIL();
  } catch (const tree::Failed& failed) {
    EXPECT_EQ(failed.why, "as asked");
    EXPECT_EQ(failed.where->label, "root");
    EXPECT_NE(failed.where, root);
  }
}

TEST_P(Valuetypes, StandInAttributes) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());

  EXPECT_EQ(forest.root(), nullptr);
  forest.root(node("new"));
  EXPECT_EQ(forest.root()->label, "new");
}

TEST_P(Valuetypes, OfAnyKindAreValueBases) {
  const auto forest = serve<tree::Forest>(std::make_shared<EchoForest>());

  const auto copy = forest.echo_base(std::make_shared<tree::Text>("base"));

  EXPECT_EQ(std::dynamic_pointer_cast<tree::Text>(copy)->value, "base");
}

}  // namespace corbel::test
