// omniORB's client: values in anys, in exceptions and behind abstract interfaces.
#include "values_omni_checks.hpp"

#include <string>

using NodeVar = vals::Node_var;

namespace {

/// What the any holds, which keeps it.
template <class Value>
Value* in(const CORBA::Any& any) {
  Value* value = nullptr;
  expect(any >>= value, "its type is known here");
  return value;
}

std::string ask(const Client& client, vals::Describer_ptr one) {
  return CORBA::String_var(client.peer->ask(one)).in();
}

std::string description(vals::Describer_ptr one) { return CORBA::String_var(one->describe()).in(); }

/// The exception that the peer's fail() raises.
vals::Bad failure(const Client& client, vals::Node* culprit) {
  return expect_raise<vals::Bad>([&] { client.peer->fail(culprit); }, "Bad");
}

}  // namespace

void check_anys(Client& client) {
  client.run("a value in an any", [&] {
    const NodeVar left = node(2, "left");
    const NodeVar one = node(1, "wrapped", left);
    const CORBA::Any_var wrapped = client.peer->wrap(one);
    const vals::Node* read = in<vals::Node>(wrapped);
    expect(read->text() == std::string("wrapped") && read->left()->id() == 2, "its state");
    const CORBA::TypeCode_var type = wrapped->type();
    expect(type->equivalent(vals::_tc_Node), "equivalent to the type made here");
    const NodeVar back = client.peer->unwrap(wrapped);
    expect(back->left()->text() == std::string("left"), "sent back");
    const NodeVar three = node(3, "three");
    CORBA::Any made;
    made <<= three.in();
    const NodeVar unwrapped = client.peer->unwrap(made);
    expect(unwrapped->id() == 3, "read there");
    const CORBA::Any_var none = client.peer->wrap(nullptr);
    expect(in<vals::Node>(none) == nullptr, "null");
  });
  client.run("sharing within an any", [&] {
    const NodeVar leaf = node(2, "leaf");
    const NodeVar root = node(1, "root", leaf, leaf);
    CORBA::Any any;
    any <<= root.in();
    const NodeVar copy = client.peer->unwrap(any);
    expect(copy->left() == copy->right() && copy->left()->text() == std::string("leaf"),
           "read there");
    const CORBA::Any_var echoed = client.peer->echo_any(any);
    const vals::Node* read = in<vals::Node>(echoed);
    expect(read->left() == read->right() && read->left()->text() == std::string("leaf"),
           "read here");
  });
  client.run("derived values in anys", [&] {
    const NodeVar three = node(3, "three");
    const vals::Derived_var derived = based<OBV_vals::Derived>("d");
    derived->number(2.5);
    derived->content(three);
    CORBA::Any plain;
    plain <<= derived.in();
    const CORBA::Any_var one = client.peer->echo_any(plain);
    const vals::Derived* copy = in<vals::Derived>(one);
    expect(copy->name() == std::string("d") && copy->number() == 2.5 && copy->content()->id() == 3,
           "plain");
    const vals::Cut_var cut = based<OBV_vals::Cut>("c");
    cut->small(2);
    cut->number(1.5);
    cut->content(three);
    cut->tail("tail");
    CORBA::Any chunked;
    chunked <<= cut.in();
    const CORBA::Any_var other = client.peer->echo_any(chunked);
    const vals::Cut* read = in<vals::Cut>(other);
    expect(read->name() == std::string("c") && read->content()->id() == 3 &&
               read->tail() == std::string("tail"),
           "chunked");
  });
  client.run("a box in an any", [&] {
    const vals::Text_var text = new vals::Text("boxed");
    CORBA::Any any;
    any <<= text.in();
    const CORBA::Any_var echoed = client.peer->echo_any(any);
    expect(in<vals::Text>(echoed)->_value() == std::string("boxed"), "string");
  });
}

void check_exceptions(Client& client) {
  client.run("an exception with a value", [&] {
    const NodeVar culprit = node(6, "culprit");
    const vals::Bad bad = failure(client, culprit);
    expect(bad.why.in() == std::string("failed") && bad.culprit->text() == std::string("culprit"),
           "its members");
    const vals::Bad none = failure(client, nullptr);
    expect(none.why.in() == std::string("failed") && none.culprit.in() == nullptr, "null");
  });
}

void check_abstract(Client& client) {
  client.run("a value as an abstract interface", [&] {
    const vals::Tag_var tag = new PaperTag("red");
    expect(ask(client, tag.in()) == "tag red", "asked there");
    const vals::Describer_var copy = client.peer->pass(tag.in());
    const CORBA::ValueBase_var value = copy->_to_value();
    expect(value.in() != nullptr && description(copy) == "tag red", "asked here");
  });
  client.run("an object as an abstract interface", [&] {
    const vals::Machine_var machine = client.peer->a_machine();
    expect(machine->speed() == 3 && description(machine) == "machine", "its operations");
    expect(ask(client, machine) == "machine", "asked there");
    const vals::Describer_var copy = client.peer->pass(machine);
    const CORBA::ValueBase_var value = copy->_to_value();
    expect(value.in() == nullptr && description(copy) == "machine", "asked here");
  });
  client.run("no abstract interface", [&] {
    const vals::Describer_var none = client.peer->pass(vals::Describer::_nil());
    expect(CORBA::is_nil(none), "neither object nor value");
  });
}
