#pragma once

#include <values.idl.hpp>

#include <corbel/orb.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace corbel::test {

/// What a user writes for a valuetype with operations.
class PrintedTask final : public tree::Task {
 public:
  std::string title() override { return "task of " + std::to_string(plan.size()) + " steps"; }
  std::string nickname() override { return nickname_; }
  void nickname(std::string_view name) override { nickname_ = name; }
  std::uint32_t size(bool deep) override {
    if (!deep) throw tree::Failed("shallow", nullptr);
    return static_cast<std::uint32_t>(plan.size());
  }
  std::string print(tree::Kind how) override { return std::string(to_string(how)); }
  void run(std::int32_t& times, std::shared_ptr<tree::Text>& result) override {
    result = std::make_shared<tree::Text>("ran " + std::to_string(times++) + " times");
  }
  void set_about(std::shared_ptr<tree::Node> node) { about = std::move(node); }
  const std::shared_ptr<tree::Node>& subject() const { return about; }

 private:
  std::string nickname_;  // does not travel
};

/// Gives back what it gets.
class EchoForest : public tree::Forest::Servant {
 public:
  using Node = std::shared_ptr<tree::Node>;

  Node echo(const Node& root) override { return root; }
  tree::Nodes echo_all(const tree::Nodes& roots, Node& one, Node& same) override {
    same = one;
    return roots;
  }
  std::shared_ptr<tree::Shape> echo_shape(const std::shared_ptr<tree::Shape>& one) override {
    return one;
  }
  std::shared_ptr<tree::Text> echo_text(const std::shared_ptr<tree::Text>& one) override {
    return one;
  }
  std::shared_ptr<tree::Numbers> echo_numbers(const std::shared_ptr<tree::Numbers>& one) override {
    return one;
  }
  std::shared_ptr<tree::Flag> echo_flag(const std::shared_ptr<tree::Flag>& one) override {
    return one;
  }
  std::shared_ptr<tree::PointBox> echo_point(const std::shared_ptr<tree::PointBox>& one) override {
    return one;
  }
  std::shared_ptr<tree::Empty> echo_empty(const std::shared_ptr<tree::Empty>& one) override {
    return one;
  }
  tree::Choice echo_choice(const tree::Choice& one) override { return one; }
  tree::Pair echo_pair(const tree::Pair& one) override { return one; }
  Any echo_any(const Any& one) override { return one; }
  std::shared_ptr<ValueBase> echo_base(const std::shared_ptr<ValueBase>& one) override {
    return one;
  }
  std::shared_ptr<tree::Named> echo_named(const std::shared_ptr<tree::Named>& one) override {
    return one;
  }
  std::shared_ptr<tree::Task> echo_task(const std::shared_ptr<tree::Task>& one) override {
    return one;
  }
  bool same(const Node& left, const Node& right) override { return left == right; }
  void fail(const Node& where) override { throw tree::Failed("as asked", where); }
  Node root() override { return root_; }
  void root(const Node& value) override { root_ = value; }

 private:
  Node root_;
};

}  // namespace corbel::test
