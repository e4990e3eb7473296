// Corbel's side of the tests of servant managers, forwards and nested callbacks.
//   forward_corbel_peer server DIRECTORY     writes a reference into each DIRECTORY/NAME.ior
//   forward_corbel_peer client DIRECTORY     reads them
#include "types_checks.hpp"

#include <corbel/orb.hpp>

#include <forward.idl.hpp>

#include <atomic>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using corbel::ObjectId;
using forwarding::Node;
using forwarding::Place;

class PlaceServant final : public Place::Servant {
 public:
  explicit PlaceServant(std::int32_t number) : number_(number) {}
  std::int32_t where() override { return ++calls_, number_; }
  std::int32_t add(std::int32_t a, std::int32_t b) override { return ++calls_, a + b; }
  std::int32_t calls() override { return calls_; }

 private:
  const std::int32_t number_;
  std::atomic<std::int32_t> calls_{0};
};

class NodeServant final : public Node::Servant {
 public:
  void know_yourself(Node self) { self_ = std::move(self); }
  std::int32_t nest(const Node& other, std::int32_t depth) override {
    return depth == 0 ? 0 : depth + other.nest(self_, depth - 1);
  }

 private:
  Node self_;
};

Node make_node(corbel::Adapter& adapter) {
  const auto servant = std::make_shared<NodeServant>();
  Node node = adapter.activate<Node>(servant);
  servant->know_yourself(node);
  return node;
}

/// What both managers say about an object, by its id.
class Places {
 public:
  explicit Places(Place elsewhere) : elsewhere_(std::move(elsewhere)) {}

  std::shared_ptr<PlaceServant> find(const ObjectId& id) {
    if (id == ObjectId("here")) return here_;
    if (id == ObjectId("moved")) throw corbel::ForwardRequest(elsewhere_);
    if (id == ObjectId("moved-for-good")) throw corbel::ForwardRequest(elsewhere_, true);
    // Port 1 has no server: the caller has to come back.
    if (id == ObjectId("back") && !asked_.exchange(true))
      throw corbel::ForwardRequest(corbel::ObjectRef::at({{"127.0.0.1", 1}}, "nobody"));
    return id == ObjectId("back") ? here_ : nullptr;
  }

 private:
  const Place elsewhere_;
  std::atomic<bool> asked_{false};
  const std::shared_ptr<PlaceServant> here_ = std::make_shared<PlaceServant>(1);
};

class Locator final : public corbel::ServantLocator {
 public:
  explicit Locator(Place elsewhere) : places_(std::move(elsewhere)) {}
  corbel::ServantLease preinvoke(const ObjectId& id, std::string_view) override {
    auto servant = places_.find(id);
    if (!servant) return nullptr;
    return {std::move(servant), [] {}};
  }

 private:
  Places places_;
};

class Activator final : public corbel::ServantActivator {
 public:
  explicit Activator(Place elsewhere) : places_(std::move(elsewhere)) {}
  std::shared_ptr<corbel::Servant> incarnate(const ObjectId& id) override {
    return places_.find(id);
  }

 private:
  Places places_;
};

constexpr const char* kPlaces[] = {"here", "moved", "moved-for-good", "back", "none"};

void write(const std::string& directory, const std::string& name, const corbel::Object& object) {
  std::ofstream(directory + "/" + name + ".ior") << to_string(object) << std::endl;
}

int serve(const std::string& directory) {
  corbel::Orb orb;
  orb.shutdown_on_signals();
  auto real = orb.create_adapter("real");
  auto located = orb.create_adapter("located");
  auto activated = orb.create_adapter("activated", {.dispatch = corbel::ThreadPerObject{}});
  auto defaults = orb.create_adapter("defaults");
  const auto elsewhere = real.activate<Place>(std::make_shared<PlaceServant>(2));
  located.set_servant_locator(std::make_shared<Locator>(elsewhere));
  activated.set_servant_activator(std::make_shared<Activator>(elsewhere));
  defaults.set_default_servant(std::make_shared<PlaceServant>(1));
  for (const char* name : kPlaces) {
    write(directory, name, located.make_reference<Place>(ObjectId(name)));
    write(directory, std::string("activated-") + name,
          activated.make_reference<Place>(ObjectId(name)));
  }
  write(directory, "default", defaults.make_reference<Place>(ObjectId("any")));
  for (auto* adapter : {&real, &located, &activated, &defaults}) adapter->activate_requests();
  write(directory, "node", make_node(real));
  orb.run();
  const auto errors = orb.statistics().protocol_errors;
  std::cout << "protocol errors: " << errors << std::endl;
  return errors == 0 ? 0 : 1;
}

/// The same checks as omniORB's client makes (forward_omni_peer.cpp).
int check(const std::string& directory) {
  corbel::Orb orb;
  auto adapter = orb.create_adapter("client");
  adapter.activate_requests();
  const auto read = [&](const std::string& name) {
    std::string text;
    std::ifstream(directory + "/" + name + ".ior") >> text;
    return orb.object(text);
  };
  Checks checks;
  for (const std::string kind : {"", "activated-"}) {
    for (const std::string name : {"here", "moved", "moved-for-good", "back"}) {
      checks.run(kind + name, [&] {
        const auto place = corbel::narrow<Place>(read(kind + name));
        expect(!is_nil(place), "it is a Place");
        expect(place.where() == (name.starts_with("moved") ? 2 : 1), "the right place answers");
        const auto before = place.calls();
        for (int i = 0; i < 5; ++i) expect(place.add(i, 1) == i + 1, "add");
        expect(place.async_add(2, 3).get() == 5, "add, asynchronously");
        expect(place.calls() == before + 6, "the same place answers");
      });
    }
    checks.run(kind + "none", [&] {
      const auto place = corbel::unchecked_narrow<Place>(read(kind + "none"));
      expect(corbel::non_existent(place), "it does not exist");
      expect_raise<corbel::ObjectNotExist>([&] { place.where(); }, "OBJECT_NOT_EXIST");
    });
  }
  checks.run("default", [&] {
    const auto place = corbel::narrow<Place>(read("default"));
    expect(place.where() == 1, "the default servant answers");
  });
  checks.run("nested 20 deep", [&] {
    const auto node = corbel::narrow<Node>(read("node"));
    expect(node.nest(make_node(adapter), 20) == 210, "20 + 19 + ... + 1");
  });
  const auto errors = orb.statistics().protocol_errors;
  checks.run("no protocol errors", [&] { expect(errors == 0, "none counted"); });
  return checks.passed() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "server") return serve(argv[2]);
  if (mode == "client") return check(argv[2]);
  std::cerr << "usage: forward_corbel_peer server|client DIRECTORY\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << "forward_corbel_peer: " << error.what() << '\n';
  return 1;
}
