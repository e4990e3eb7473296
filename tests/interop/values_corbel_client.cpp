// Corbel's client in the interoperation tests of valuetypes: values_corbel_client REFERENCE
#include "types_checks.hpp"
#include "values_corbel_card.hpp"

#include <corbel/orb.hpp>

#include <values_more.idl.hpp>

#include <memory>
#include <string>

namespace {

using NodePointer = std::shared_ptr<vals::Node>;

NodePointer node(std::int32_t id, const std::string& text, NodePointer left = {},
                 NodePointer right = {}) {
  return std::make_shared<vals::Node>(id, text, std::move(left), std::move(right));
}

void check_graphs(Checks& checks, const vals::Values& peer) {
  checks.run("null", [&] { expect(peer.echo(nullptr) == nullptr, "null stays null"); });
  checks.run("a value", [&] {
    const auto copy = peer.echo(node(7, "seven"));
    expect(copy->id == 7 && copy->text == "seven" && !copy->left && !copy->right, "its state");
  });
  checks.run("sharing within a value", [&] {
    const auto leaf = node(2, "leaf");
    const auto copy = peer.echo(node(1, "root", leaf, leaf));
    expect(copy->left == copy->right && copy->left->text == "leaf", "shared again");
  });
  checks.run("sharing among arguments", [&] {
    const auto one = node(1, "one");
    expect(peer.same(one, one), "the same");
    expect(!peer.same(one, node(1, "one")), "another");
    NodePointer inout = one;
    NodePointer last;
    const auto all = peer.echo_nodes({one, nullptr, one}, inout, last);
    expect(all.size() == 3 && all[0] == all[2] && !all[1] && all[0] == inout && inout == last,
           "shared among the results");
  });
  checks.run("a cycle", [&] {
    const auto first = node(1, "first", node(2, "second"));
    first->left->left = first;
    expect(peer.cycle(first) == 2, "seen there");
    const auto copy = peer.echo(first);
    expect(copy->left->left == copy, "seen here");
    corbel::break_cycles(first);
    corbel::break_cycles(copy);
  });
  checks.run("a long chain", [&] {
    NodePointer head;
    for (int i = 0; i < 900; ++i) head = node(i, "link", head);
    auto at = peer.echo(head);
    int length = 0;
    for (; at; at = at->left) ++length;
    expect(length == 900, "every link");
  });
  checks.run("many values", [&] {
    vals::Nodes many;
    for (int i = 0; i < 20000; ++i) many.push_back(node(i, "text " + std::to_string(i)));
    NodePointer inout = many[5];
    NodePointer last;
    const auto all = peer.echo_nodes(many, inout, last);
    expect(all.size() == many.size() && all[19999]->text == "text 19999" && inout == all[5],
           "all came back");
  });
}

void check_inheritance(Checks& checks, const vals::Values& peer) {
  checks.run("a derived value", [&] {
    const auto derived = std::make_shared<vals::Derived>("d", 2.5, node(3, "three"));
    expect(peer.class_of(derived) == "Derived", "known there");
    const auto copy = std::dynamic_pointer_cast<vals::Derived>(peer.echo_base(derived));
    expect(copy && copy->name == "d" && copy->number == 2.5 && copy->content->id == 3, "its state");
    expect(peer.class_of(std::make_shared<vals::Base>("b")) == "Base", "the base too");
    expect(peer.class_of(nullptr) == "null", "and null");
  });
  checks.run("a chunked value", [&] {
    const auto shared = node(4, "four");
    const auto inner = std::make_shared<vals::Cut>("inner", 1, 0.5, nullptr, shared, "end");
    const auto cut = std::make_shared<vals::Cut>("outer", 2, 1.5, inner, shared, "tail");
    expect(peer.class_of(cut) == "Cut", "known there");
    const auto copy = std::dynamic_pointer_cast<vals::Cut>(peer.echo_base(cut));
    expect(copy && copy->name == "outer" && copy->small == 2 && copy->number == 1.5 &&
               copy->tail == "tail",
           "its state");
    const auto nested = std::dynamic_pointer_cast<vals::Cut>(copy->inner);
    expect(nested && nested->name == "inner" && nested->tail == "end" && !nested->inner,
           "the nested one");
    expect(nested->content == copy->content && copy->content->text == "four", "what they share");
  });
  checks.run("a chunked value in itself", [&] {
    const auto cut = std::make_shared<vals::Cut>("self", 2, 1.5, nullptr, nullptr, "tail");
    cut->inner = cut;
    const auto copy = std::dynamic_pointer_cast<vals::Cut>(peer.echo_base(cut));
    expect(copy && copy->inner == copy && copy->tail == "tail", "a cycle again");
    corbel::break_cycles(cut);
    corbel::break_cycles(copy);
  });
  checks.run("a large chunked value", [&] {
    const auto cut =
        std::make_shared<vals::Cut>("large", 2, 1.5, nullptr, nullptr, std::string(200000, 'x'));
    const auto copy = std::dynamic_pointer_cast<vals::Cut>(peer.echo_base(cut));
    expect(copy && copy->tail == cut->tail, "whole");
  });
  checks.run("truncation", [&] {
    const auto deep = std::make_shared<vals::Cut>("deep", 9, 9.5, nullptr, node(9, "nine"), "");
    const auto secret =
        std::make_shared<vals::Secret>("secret", 3, 3.5, deep, node(5, "five"), "tail", "hidden",
                                       deep, vals::Nodes{node(6, "six"), nullptr});
    expect(peer.class_of(secret) == "Cut", "cut down there");
    const auto copy = std::dynamic_pointer_cast<vals::Cut>(peer.echo_base(secret));
    expect(copy && !std::dynamic_pointer_cast<vals::Secret>(copy), "cut down here");
    expect(copy->tail == "tail" && copy->inner->name == "deep" && copy->content->id == 5,
           "what is left");
  });
}

void check_boxes(Checks& checks, const vals::Values& peer) {
  checks.run("boxes", [&] {
    expect(peer.echo_text(std::make_shared<vals::Text>("boxed"))->value == "boxed", "string");
    expect(peer.echo_text(nullptr) == nullptr, "null");
    const std::vector<std::int32_t> longs{1, -2, 3};
    expect(peer.echo_longs(std::make_shared<vals::Longs>(longs))->value == longs, "sequence");
    expect(peer.echo_number(std::make_shared<vals::Number>(2.25))->value == 2.25, "double");
    const vals::Point point{1, -7.5};
    expect(peer.echo_point(std::make_shared<vals::PointBox>(point))->value == point, "struct");
  });
}

void check_behaviour(Checks& checks, const vals::Values& peer) {
  checks.run("a value with an operation", [&] {
    const auto card = std::make_shared<FaceCard>("king", 13);
    expect(peer.echo_card(card)->show() == "king 13", "as itself");
    expect(peer.echo_shown(card)->show() == "king 13", "as its abstract base");
    expect(peer.show(card) == "king 13", "there");
    expect(peer.echo_shown(nullptr) == nullptr, "null");
  });
  checks.run("ValueBase", [&] {
    const auto copy = peer.echo_value(node(8, "eight"));
    const auto back = std::dynamic_pointer_cast<vals::Node>(copy);
    expect(back && back->id == 8, "a Node");
    expect(peer.echo_value(nullptr) == nullptr, "null");
  });
}

void check_places(Checks& checks, const vals::Values& peer) {
  checks.run("union and struct", [&] {
    vals::Choice choice;
    choice.tree(node(1, "tree"));
    expect(peer.echo_choice(choice).tree()->text == "tree", "union");
    const auto one = node(1, "one");
    const auto pair = peer.echo_pair({one, true, one});
    expect(pair.first == pair.second && pair.flag && pair.first->text == "one", "struct");
  });
}

void check_anys(Checks& checks, const vals::Values& peer) {
  checks.run("a value in an any", [&] {
    const auto wrapped = peer.wrap(node(1, "wrapped", node(2, "left")));
    expect(wrapped.is<NodePointer>(), "its type is known here");
    const auto read = wrapped.get<NodePointer>();
    expect(read->text == "wrapped" && read->left->id == 2, "its state");
    expect(wrapped == corbel::Any(read), "equal to an any made here");
    expect(peer.unwrap(wrapped)->left->text == "left", "sent back");
    expect(peer.unwrap(corbel::Any(node(3, "three")))->id == 3, "read there");
    expect(peer.wrap(nullptr).get<NodePointer>() == nullptr, "null");
  });
  checks.run("sharing within an any", [&] {
    const auto leaf = node(2, "leaf");
    const corbel::Any any(node(1, "root", leaf, leaf));
    const auto copy = peer.unwrap(any);
    expect(copy->left == copy->right && copy->left->text == "leaf", "read there");
    const auto echoed = peer.echo_any(any).get<NodePointer>();
    expect(echoed->left == echoed->right && echoed->left->text == "leaf", "read here");
  });
  checks.run("derived values in anys", [&] {
    const auto derived = std::make_shared<vals::Derived>("d", 2.5, node(3, "three"));
    const auto one = peer.echo_any(corbel::Any(derived)).get<std::shared_ptr<vals::Derived>>();
    expect(one->name == "d" && one->number == 2.5 && one->content->id == 3, "plain");
    const auto cut = std::make_shared<vals::Cut>("c", 2, 1.5, nullptr, node(4, "four"), "tail");
    const auto other = peer.echo_any(corbel::Any(cut)).get<std::shared_ptr<vals::Cut>>();
    expect(other->name == "c" && other->content->id == 4 && other->tail == "tail", "chunked");
  });
  checks.run("a box in an any", [&] {
    const corbel::Any any(std::make_shared<vals::Text>("boxed"));
    expect(peer.echo_any(any).get<std::shared_ptr<vals::Text>>()->value == "boxed", "string");
  });
}

void check_exceptions(Checks& checks, const vals::Values& peer) {
  checks.run("an exception with a value", [&] {
    const auto bad = expect_raise<vals::Bad>([&] { peer.fail(node(6, "culprit")); }, "Bad");
    expect(bad.why == "failed" && bad.culprit->text == "culprit", "its members");
    const auto none = expect_raise<vals::Bad>([&] { peer.fail(nullptr); }, "Bad");
    expect(none.why == "failed" && none.culprit == nullptr, "null");
  });
}

void check_abstract(Checks& checks, const vals::Values& peer) {
  const vals::Describer tag(std::make_shared<PaperTag>("red"));
  checks.run("a value as an abstract interface", [&] {
    expect(peer.ask(tag) == "tag red", "asked there");
    const auto copy = peer.pass(tag);
    expect(corbel::value(copy) != nullptr && copy.describe() == "tag red", "asked here");
  });
  checks.run("an object as an abstract interface", [&] {
    const auto machine = peer.a_machine();
    expect(machine.speed() == 3 && machine.describe() == "machine", "its operations");
    expect(peer.ask(machine) == "machine", "asked there");
    const auto copy = peer.pass(machine);
    expect(corbel::value(copy) == nullptr && copy.describe() == "machine", "asked here");
  });
  checks.run("no abstract interface", [&] {
    const auto none = peer.pass(nullptr);
    expect(is_nil(none) && corbel::value(none) == nullptr, "neither object nor value");
  });
}

int check(std::string_view reference) {
  corbel::Orb orb;
  orb.register_value<vals::Card, FaceCard>();
  orb.register_value<vals::Tag, PaperTag>();
  const auto peer = orb.object<vals::Values>(reference);
  Checks checks;
  check_graphs(checks, peer);
  check_inheritance(checks, peer);
  check_boxes(checks, peer);
  check_behaviour(checks, peer);
  check_places(checks, peer);
  check_anys(checks, peer);
  check_exceptions(checks, peer);
  check_abstract(checks, peer);
  const auto errors = orb.statistics().protocol_errors;
  checks.run("no protocol errors", [&] { expect(errors == 0, "none counted"); });
  return checks.passed() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc == 2) return check(argv[1]);
  std::cerr << "usage: values_corbel_client REFERENCE\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << argv[0] << ": " << error.what() << '\n';
  return 1;
}
