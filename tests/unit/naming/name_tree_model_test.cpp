#include "tests/unit/naming/tree_support.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace corbel::naming_service {
namespace {

using Reason = Failure::Reason;
using Result = std::pair<int, std::size_t>;  // reason (-1: done) and component
constexpr Result kDone{-1, 0};

Result failed(Reason reason, std::size_t component) {
  return {static_cast<int>(reason), component};
}

template <class T>
Result result_of(const Outcome<T>& outcome) {
  return outcome ? kDone : failed(outcome.error().reason, outcome.error().component);
}

/// The specification once more, as simply as it can be said: every context is a map, and a compound
/// name is the first component's context asked for the rest.
class Model {
 public:
  using Contents = std::map<NameComponent, Binding>;
  std::map<std::uint64_t, Contents> contexts{{kRootContext.value, {}}};

  template <class Act>
  Result at(ContextId id, NameView name, const Act& act, std::size_t depth = 0) {
    const auto found = contexts.find(id.value);
    if (found == contexts.end()) {
      return depth == 0 ? failed(Reason::no_such_context, 0)
                        : failed(Reason::cannot_proceed, depth);
    }
    const NameComponent first{std::string(name[0].id), std::string(name[0].kind)};
    if (name.size() == 1) return act(found->second, first, depth);
    const auto binding = found->second.find(first);
    if (binding == found->second.end()) return failed(Reason::missing_node, depth);
    if (binding->second.kind != BindingKind::context) return failed(Reason::not_context, depth);
    if (binding->second.target.index() == 1) return failed(Reason::cannot_proceed, depth + 1);
    return at(std::get<ContextId>(binding->second.target), name.subspan(1), act, depth + 1);
  }

  Result resolve(ContextId id, NameView name, Target& target) {
    return at(id, name, [&](Contents& in, const NameComponent& last, std::size_t depth) {
      if (!in.contains(last)) return failed(Reason::missing_node, depth);
      target = in[last].target;
      return kDone;
    });
  }
  Result bind(ContextId id, NameView name, const Binding& binding, bool replace) {
    return at(id, name, [&](Contents& in, const NameComponent& last, std::size_t depth) {
      if (in.contains(last) && !replace) return failed(Reason::already_bound, depth);
      if (in.contains(last) && in[last].kind != binding.kind) {
        return failed(
            binding.kind == BindingKind::object ? Reason::not_object : Reason::not_context, depth);
      }
      in[last] = binding;
      return kDone;
    });
  }
  Result unbind(ContextId id, NameView name) {
    return at(id, name, [&](Contents& in, const NameComponent& last, std::size_t depth) {
      return in.erase(last) == 0 ? failed(Reason::missing_node, depth) : kDone;
    });
  }
  Result destroy(ContextId id) {
    if (!contexts.contains(id.value)) return failed(Reason::no_such_context, 0);
    if (!contexts[id.value].empty()) return failed(Reason::not_empty, 0);
    if (id == kRootContext) return failed(Reason::root, 0);
    contexts.erase(id.value);
    return kDone;
  }
};

/// Keeps copies of all records; what a durable store would find after a restart.
class RecordingStore final : public Store {
 public:
  void replay(const std::function<void(const Mutation&)>& apply) override {
    for (auto& record : records) {
      if (auto* bound = std::get_if<Bound>(&record.change)) {
        bound->name = record.name;
        bound->target = &record.target;
      }
      if (auto* unbound = std::get_if<Unbound>(&record.change)) unbound->name = record.name;
      apply(record.change);
    }
  }
  Position append(std::span<const Mutation> changes) override {
    for (const auto& change : changes) {
      Record record{change, {}, {}};
      const auto* bound = std::get_if<Bound>(&change);
      const auto* unbound = std::get_if<Unbound>(&change);
      if (bound != nullptr) record.target = *bound->target;
      if (bound != nullptr || unbound != nullptr) {
        const auto& name = bound != nullptr ? bound->name : unbound->name;
        record.name = {std::string(name.id), std::string(name.kind)};
      }
      records.push_back(std::move(record));
    }
    return records.size();
  }
  void commit(Position position) override { committed = std::max(committed, position); }

  struct Record {
    Mutation change;
    NameComponent name;
    Target target;
  };
  std::vector<Record> records;
  Position committed = 0;
};

/// One tree and its model, doing the same things.
class Pair {
 public:
  explicit Pair(unsigned seed) : random_(seed) {}

  void step() {
    const auto components = some_name();
    const std::vector<ComponentView> name(components.begin(), components.end());
    const ContextId from = some_context();
    switch (random_() % 8) {
      case 0:
      case 1:
        return resolve(from, name);
      case 2:
        return bind(from, name, false);
      case 3:
        return bind(from, name, true);
      case 4:
      case 5:
        return make_context(from, name);
      case 6:
        ASSERT_EQ(result_of(tree.unbind(from, name)), model.unbind(from, name));
        return;
      default:
        ASSERT_EQ(result_of(tree.destroy(from)), model.destroy(from));
    }
  }

  static void expect_same(const NameTree& tree, const Model& model) {
    std::size_t contexts = 0;
    tree.for_each_context([&](ContextId) { ++contexts; });
    ASSERT_EQ(contexts, model.contexts.size());
    for (const auto& [id, contents] : model.contexts) {
      const auto listed = *tree.list({id});
      ASSERT_EQ(listed->size(), contents.size());
      for (const auto& binding : *listed) {
        const ComponentView name = binding.name;
        ASSERT_TRUE(contents.contains(binding.name));
        ASSERT_EQ(binding.kind, contents.at(binding.name).kind);
        ASSERT_EQ(*tree.resolve({id}, {&name, 1}), contents.at(binding.name).target);
      }
    }
  }

  RecordingStore store;
  NameTree tree{store, TreeLimits{}};
  Model model;

 private:
  std::vector<NameComponent> some_name() {
    std::vector<NameComponent> name(1 + random_() % 3);
    for (auto& component : name)
      component = {std::string(1, "abc"[random_() % 3]), random_() % 4 ? "" : "k"};
    return name;
  }
  ContextId some_context() {
    return random_() % 3 ? kRootContext : made_[random_() % made_.size()];
  }
  Binding some_binding() {
    const auto kind = random_() % 2 ? BindingKind::object : BindingKind::context;
    if (random_() % 2) return {kind, some_context()};
    return {kind, object(std::to_string(random_() % 100))};
  }
  void resolve(ContextId from, NameView name) {
    Target expected;
    const auto outcome = tree.resolve(from, name);
    ASSERT_EQ(result_of(outcome), model.resolve(from, name, expected));
    if (!outcome) return;
    ASSERT_EQ(*outcome, expected);
  }
  void bind(ContextId from, NameView name, bool replace) {
    const Binding binding = some_binding();
    const auto outcome = replace ? tree.rebind(from, name, binding.kind, binding.target)
                                 : tree.bind(from, name, binding.kind, binding.target);
    ASSERT_EQ(result_of(outcome), model.bind(from, name, binding, replace));
  }
  void make_context(ContextId from, NameView name) {
    const ContextId id = tree.reserve_context();
    const auto outcome = tree.bind_new_context(from, name, id);
    ASSERT_EQ(result_of(outcome), model.bind(from, name, {BindingKind::context, id}, false));
    if (!outcome) return;
    model.contexts[id.value] = {};
    made_.push_back(id);
  }

  std::mt19937 random_;
  std::vector<ContextId> made_{kRootContext};
};

TEST(NameTreeModel, RandomOperationsDoWhatTheSpecificationSays) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    Pair pair(seed);
    for (int i = 0; i < 1500; ++i) {
      ASSERT_NO_FATAL_FAILURE(pair.step()) << "seed " << seed << ", step " << i;
    }
    ASSERT_NO_FATAL_FAILURE(Pair::expect_same(pair.tree, pair.model)) << "seed " << seed;
  }
}

TEST(NameTreeModel, ATreeLoadedFromTheRecordsIsTheSameTree) {
  for (unsigned seed = 100; seed < 120; ++seed) {
    Pair pair(seed);
    for (int i = 0; i < 600; ++i) ASSERT_NO_FATAL_FAILURE(pair.step());

    NameTree loaded(pair.store, TreeLimits{});

    ASSERT_NO_FATAL_FAILURE(Pair::expect_same(loaded, pair.model)) << "seed " << seed;
    EXPECT_EQ(pair.store.committed, pair.store.records.size());
    EXPECT_EQ(loaded.reserve_context() > ContextId{1}, true);
    EXPECT_FALSE(pair.model.contexts.contains(loaded.reserve_context().value));
  }
}

}  // namespace
}  // namespace corbel::naming_service
