// Corbel's server in the interoperation tests of valuetypes: values_corbel_server IOR-FILE
#include "values_corbel_card.hpp"

#include <corbel/orb.hpp>

#include <values.idl.hpp>

#include <fstream>
#include <iostream>
#include <set>
#include <string>

namespace {

using NodePointer = std::shared_ptr<vals::Node>;
using BasePointer = std::shared_ptr<vals::Base>;

class SomeMachine final : public vals::Machine::Servant {
 public:
  std::string describe() override { return "machine"; }
  std::int32_t speed() override { return speed_; }
  void speed(std::int32_t value) override { speed_ = value; }

 private:
  std::int32_t speed_ = 3;
};

class Echo final : public vals::Values::Servant {
 public:
  explicit Echo(vals::Machine machine) : machine_(std::move(machine)) {}
  NodePointer echo(const NodePointer& one) override { return one; }
  vals::Nodes echo_nodes(const vals::Nodes& every, NodePointer& one, NodePointer& last) override {
    last = one;
    return every;
  }
  bool same(const NodePointer& one, const NodePointer& other) override { return one == other; }
  std::int32_t cycle(const NodePointer& one) override {
    std::set<vals::Node*> seen;
    for (auto at = one; at; at = at->left) {
      if (!seen.insert(at.get()).second) {
        const auto length = static_cast<std::int32_t>(seen.size());
        corbel::break_cycles(one);
        return length;
      }
    }
    return 0;
  }
  BasePointer echo_base(const BasePointer& one) override { return one; }
  std::string class_of(const BasePointer& one) override {
    if (!one) return "null";
    const std::string id(corbel::repository_id(*one));
    return id.substr(9, id.size() - 13);
  }
  std::shared_ptr<vals::Text> echo_text(const std::shared_ptr<vals::Text>& one) override {
    return one;
  }
  std::shared_ptr<vals::Longs> echo_longs(const std::shared_ptr<vals::Longs>& one) override {
    return one;
  }
  std::shared_ptr<vals::Number> echo_number(const std::shared_ptr<vals::Number>& one) override {
    return one;
  }
  std::shared_ptr<vals::PointBox> echo_point(const std::shared_ptr<vals::PointBox>& one) override {
    return one;
  }
  std::shared_ptr<vals::Card> echo_card(const std::shared_ptr<vals::Card>& one) override {
    return one;
  }
  std::shared_ptr<vals::Shown> echo_shown(const std::shared_ptr<vals::Shown>& one) override {
    return one;
  }
  std::string show(const std::shared_ptr<vals::Shown>& one) override { return one->show(); }
  std::shared_ptr<corbel::ValueBase> echo_value(
      const std::shared_ptr<corbel::ValueBase>& one) override {
    return one;
  }
  corbel::Any echo_any(const corbel::Any& one) override { return one; }
  corbel::Any wrap(const NodePointer& one) override { return corbel::Any(one); }
  NodePointer unwrap(const corbel::Any& one) override { return one.get<NodePointer>(); }
  vals::Describer pass(const vals::Describer& one) override { return one; }
  std::string ask(const vals::Describer& one) override { return one.describe(); }
  vals::Machine a_machine() override { return machine_; }
  vals::Choice echo_choice(const vals::Choice& one) override { return one; }
  vals::Pair echo_pair(const vals::Pair& one) override { return one; }
  void fail(const NodePointer& culprit) override { throw vals::Bad("failed", culprit); }

 private:
  vals::Machine machine_;
};

int serve(const std::string& ior_file) {
  corbel::Orb orb;
  orb.shutdown_on_signals();
  orb.register_value<vals::Card, FaceCard>();
  orb.register_value<vals::Tag, PaperTag>();
  auto adapter = orb.create_adapter("values");
  const auto machine = adapter.activate<vals::Machine>(std::make_shared<SomeMachine>());
  const auto peer = adapter.activate<vals::Values>(std::make_shared<Echo>(machine));
  adapter.activate_requests();
  std::ofstream(ior_file) << to_string(peer) << std::endl;
  orb.run();
  return orb.statistics().protocol_errors == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc == 2) return serve(argv[1]);
  std::cerr << "usage: values_corbel_server IOR-FILE\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << argv[0] << ": " << error.what() << '\n';
  return 1;
}
