// omniORB's client in the interoperation tests of valuetypes: values_omni_client REFERENCE
// The same checks as values_corbel_client.cpp, by the same names.
#include "values_omni_checks.hpp"

#include <values_more.hh>

#include <iostream>
#include <string>

using NodeVar = vals::Node_var;

namespace {

vals::Cut* cut_named(const char* name, CORBA::Octet small, double number, const char* tail) {
  auto* made = based<OBV_vals::Cut>(name);
  made->small(small);
  made->number(number);
  made->tail(tail);
  made->inner(nullptr);
  made->content(nullptr);
  return made;
}

std::string class_of(const Client& client, vals::Base* one) {
  return CORBA::String_var(client.peer->class_of(one)).in();
}

void check_graphs(Client& client) {
  client.run("null", [&] {
    const NodeVar copy = client.peer->echo(nullptr);
    expect(copy.in() == nullptr, "null stays null");
  });
  client.run("a value", [&] {
    const NodeVar one = node(7, "seven");
    const NodeVar copy = client.peer->echo(one);
    expect(
        copy->id() == 7 && copy->text() == std::string("seven") && !copy->left() && !copy->right(),
        "its state");
  });
  client.run("sharing within a value", [&] {
    const NodeVar leaf = node(2, "leaf");
    const NodeVar root = node(1, "root", leaf, leaf);
    const NodeVar copy = client.peer->echo(root);
    expect(copy->left() == copy->right() && copy->left()->text() == std::string("leaf"),
           "shared again");
  });
  client.run("sharing among arguments", [&] {
    const NodeVar one = node(1, "one");
    const NodeVar other = node(1, "one");
    expect(client.peer->same(one, one), "the same");
    expect(!client.peer->same(one, other), "another");
    vals::Nodes all;
    all.length(3);
    all[0] = held(one.in());
    all[2] = held(one.in());
    NodeVar inout = held(one.in());
    NodeVar last;
    vals::Nodes_var back = client.peer->echo_nodes(all, inout.inout(), last.out());
    vals::Node* first = back[0];
    vals::Node* third = back[2];
    vals::Node* second = back[1];
    expect(back->length() == 3 && first == third && second == nullptr && first == inout.in() &&
               inout.in() == last.in(),
           "shared among the results");
  });
  client.run("a cycle", [&] {
    const NodeVar second = node(2, "second");
    const NodeVar first = node(1, "first", second);
    second->left(first);
    expect(client.peer->cycle(first) == 2, "seen there");
    const NodeVar copy = client.peer->echo(first);
    expect(copy->left()->left() == copy.in(), "seen here");
    second->left(nullptr);
    copy->left(nullptr);
  });
  client.run("a long chain", [&] {
    NodeVar head;
    for (int i = 0; i < 900; ++i) head = node(i, "link", head);
    const NodeVar copy = client.peer->echo(head);
    int length = 0;
    for (vals::Node* at = copy; at != nullptr; at = at->left()) ++length;
    expect(length == 900, "every link");
  });
  client.run("many values", [&] {
    vals::Nodes many;
    many.length(20000);
    for (CORBA::ULong i = 0; i < many.length(); ++i) {
      many[i] = node(static_cast<CORBA::Long>(i), "text " + std::to_string(i));
    }
    vals::Node* fifth = many[5];
    NodeVar inout = held(fifth);
    NodeVar last;
    vals::Nodes_var all = client.peer->echo_nodes(many, inout.inout(), last.out());
    vals::Node* end = all[19999];
    vals::Node* same = all[5];
    expect(all->length() == many.length() && end->text() == std::string("text 19999") &&
               inout.in() == same,
           "all came back");
  });
}

void check_inheritance(Client& client) {
  client.run("a derived value", [&] {
    const NodeVar content = node(3, "three");
    auto* made = based<OBV_vals::Derived>("d");
    const vals::Base_var derived = made;
    made->number(2.5);
    made->content(content);
    const vals::Base_var base = based<OBV_vals::Base>("b");
    expect(class_of(client, derived) == "Derived", "known there");
    const vals::Base_var echoed = client.peer->echo_base(derived);
    vals::Derived* copy = vals::Derived::_downcast(echoed);
    expect(copy != nullptr && copy->name() == std::string("d") && copy->number() == 2.5 &&
               copy->content()->id() == 3,
           "its state");
    expect(class_of(client, base) == "Base", "the base too");
    expect(class_of(client, nullptr) == "null", "and null");
  });
  client.run("a chunked value", [&] {
    const NodeVar shared = node(4, "four");
    const vals::Cut_var inner = cut_named("inner", 1, 0.5, "end");
    const vals::Cut_var cut = cut_named("outer", 2, 1.5, "tail");
    inner->content(shared);
    cut->content(shared);
    cut->inner(inner);
    expect(class_of(client, cut) == "Cut", "known there");
    const vals::Base_var echoed = client.peer->echo_base(cut);
    vals::Cut* copy = vals::Cut::_downcast(echoed);
    expect(copy != nullptr && copy->name() == std::string("outer") && copy->small() == 2 &&
               copy->number() == 1.5 && copy->tail() == std::string("tail"),
           "its state");
    vals::Cut* nested = vals::Cut::_downcast(copy->inner());
    expect(nested != nullptr && nested->name() == std::string("inner") &&
               nested->tail() == std::string("end") && nested->inner() == nullptr,
           "the nested one");
    expect(nested->content() == copy->content() && copy->content()->text() == std::string("four"),
           "what they share");
  });
  client.run("a chunked value in itself", [&] {
    const vals::Cut_var cut = cut_named("self", 2, 1.5, "tail");
    cut->inner(cut);
    const vals::Base_var echoed = client.peer->echo_base(cut);
    vals::Cut* copy = vals::Cut::_downcast(echoed);
    expect(copy != nullptr && copy->inner() == copy && copy->tail() == std::string("tail"),
           "a cycle again");
    cut->inner(nullptr);
    copy->inner(nullptr);
  });
  client.run("a large chunked value", [&] {
    const std::string tail(200000, 'x');
    const vals::Cut_var cut = cut_named("large", 2, 1.5, tail.c_str());
    const vals::Base_var echoed = client.peer->echo_base(cut);
    vals::Cut* copy = vals::Cut::_downcast(echoed);
    expect(copy != nullptr && copy->tail() == tail, "whole");
  });
  client.run("truncation", [&] {
    const NodeVar nine = node(9, "nine");
    const NodeVar five = node(5, "five");
    const vals::Cut_var deep = cut_named("deep", 9, 9.5, "");
    deep->content(nine);
    auto* made = based<OBV_vals::Secret>("secret");
    const vals::Base_var secret = made;
    made->small(3);
    made->number(3.5);
    made->tail("tail");
    made->inner(deep);
    made->content(five);
    made->hidden("hidden");
    made->deep(deep);
    vals::Nodes many;
    many.length(2);
    many[0] = node(6, "six");
    made->many(many);
    expect(class_of(client, secret) == "Cut", "cut down there");
    const vals::Base_var echoed = client.peer->echo_base(secret);
    vals::Cut* copy = vals::Cut::_downcast(echoed);
    expect(copy != nullptr && vals::Secret::_downcast(echoed) == nullptr, "cut down here");
    expect(copy->tail() == std::string("tail") && copy->inner()->name() == std::string("deep") &&
               copy->content()->id() == 5,
           "what is left");
  });
}

void check_boxes(Client& client) {
  client.run("boxes", [&] {
    const vals::Text_var text = new vals::Text("boxed");
    const vals::Text_var text_copy = client.peer->echo_text(text);
    expect(text_copy->_value() == std::string("boxed"), "string");
    const vals::Text_var none = client.peer->echo_text(nullptr);
    expect(none.in() == nullptr, "null");
    const vals::Longs_var longs = new vals::Longs;
    longs->length(3);
    (*longs)[1] = -2;
    const vals::Longs_var longs_copy = client.peer->echo_longs(longs);
    expect(longs_copy->length() == 3 && (*longs_copy)[1] == -2, "sequence");
    const vals::Number_var number = new vals::Number(2.25);
    const vals::Number_var number_copy = client.peer->echo_number(number);
    expect(number_copy->_value() == 2.25, "double");
    vals::Point point;
    point.flag = 1;
    point.x = -7.5;
    const vals::PointBox_var boxed = new vals::PointBox(point);
    const vals::PointBox_var boxed_copy = client.peer->echo_point(boxed);
    expect(boxed_copy->x() == -7.5 && boxed_copy->flag() == 1, "struct");
  });
}

void check_behaviour(Client& client) {
  client.run("a value with an operation", [&] {
    const vals::Card_var card = new FaceCard("king", 13);
    const vals::Card_var copy = client.peer->echo_card(card);
    expect(CORBA::String_var(copy->show()).in() == std::string("king 13"), "as itself");
    const vals::Shown_var shown = client.peer->echo_shown(card.in());
    expect(CORBA::String_var(shown->show()).in() == std::string("king 13"), "as its abstract base");
    expect(CORBA::String_var(client.peer->show(card.in())).in() == std::string("king 13"), "there");
    const vals::Shown_var none = client.peer->echo_shown(nullptr);
    expect(none.in() == nullptr, "null");
  });
  client.run("ValueBase", [&] {
    const NodeVar eight = node(8, "eight");
    const CORBA::ValueBase_var copy = client.peer->echo_value(eight.in());
    vals::Node* back = vals::Node::_downcast(copy.in());
    expect(back != nullptr && back->id() == 8, "a Node");
    const CORBA::ValueBase_var none = client.peer->echo_value(nullptr);
    expect(none.in() == nullptr, "null");
  });
}

void check_places(Client& client) {
  client.run("union and struct", [&] {
    const NodeVar tree = node(1, "tree");
    vals::Choice choice;
    choice.tree(tree);
    const vals::Choice_var chosen = client.peer->echo_choice(choice);
    expect(chosen->tree()->text() == std::string("tree"), "union");
    vals::Pair pair;
    pair.first = held(tree.in());
    pair.flag = true;
    pair.second = held(tree.in());
    const vals::Pair_var copy = client.peer->echo_pair(pair);
    expect(copy->first.in() == copy->second.in() && copy->flag &&
               copy->first->text() == std::string("tree"),
           "struct");
  });
}

}  // namespace

int main(int argc, char** argv) try {
  const char* options[][2] = {{"giopMaxMsgSize", "67108864"}, {nullptr, nullptr}};
  const CORBA::ORB_var orb = CORBA::ORB_init(argc, argv, "omniORB4", options);
  if (argc != 2) {
    std::cerr << "usage: values_omni_client REFERENCE [-ORB...]\n";
    return 2;
  }
  register_factories(orb);
  const CORBA::Object_var object = orb->string_to_object(argv[1]);
  const vals::Values_var peer = vals::Values::_narrow(object);
  Client client(peer);
  check_graphs(client);
  check_inheritance(client);
  check_boxes(client);
  check_behaviour(client);
  check_places(client);
  check_anys(client);
  check_exceptions(client);
  check_abstract(client);
  orb->destroy();
  return client.checks.passed() ? 0 : 1;
} catch (const CORBA::Exception& error) {
  std::cerr << "values_omni_client: " << error._name() << '\n';
  return 1;
}
