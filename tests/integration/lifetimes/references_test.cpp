#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"

#include <corbel/naming.hpp>

#include "naming-service/naming_service.hpp"
#include "naming-service/store/memory.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

namespace corbel::test {

namespace {

const AdapterOptions kPersistent{.lifespan = Lifespan::persistent};

/// A data directory of the test's own.
class DataDirectory {
 public:
  DataDirectory() {
    auto name = (std::filesystem::temp_directory_path() / "corbel-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
  }
  ~DataDirectory() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

/// A port that was free a moment ago.
std::uint16_t some_port() {
  Orb orb;
  orb.create_adapter("probe");
  return orb.endpoints().front().port;
}

calls::Target serve(Adapter& adapter) {
  return adapter.activate<calls::Target>(ObjectId("one"), std::make_shared<TargetServant>());
}

}  // namespace

TEST(PersistentAdapter, NeedsAFixedPortAndADataDirectory) {
  DataDirectory data;
  Orb nothing;
  Orb no_port(OrbOptions{.data_directory = data.path});
  Orb no_directory(OrbOptions{.port = some_port()});

  EXPECT_THROW(nothing.create_adapter("p", kPersistent), Initialize);
  EXPECT_THROW(no_port.create_adapter("p", kPersistent), Initialize);
  EXPECT_THROW(no_directory.create_adapter("p", kPersistent), Initialize);
}

TEST(PersistentAdapter, ItsReferencesSurviveARestartThoseOfOthersDoNot) {
  DataDirectory data;
  const OrbOptions options{.port = some_port(), .data_directory = data.path};
  Orb client;
  calls::Target lasting;
  calls::Target passing;
  {
    Orb server(options);
    auto persistent = answering_adapter(server, "a/b c", kPersistent);
    auto transient = answering_adapter(server, "t");
    lasting = client.object<calls::Target>(to_string(serve(persistent)));
    passing = client.object<calls::Target>(to_string(serve(transient)));
    ASSERT_EQ(lasting.add(1, 1), 2);
    ASSERT_EQ(passing.add(1, 1), 2);
  }

  Orb server(options);
  server.create_adapter("other");
  // A server that starts has not created everything yet.
  EXPECT_EQ(failure_of([&] { lasting.add(1, 1); }), "TRANSIENT COMPLETED_NO");
  auto transient = answering_adapter(server, "t");
  serve(transient);
  auto persistent = answering_adapter(server, "a/b c", kPersistent);
  serve(persistent);

  EXPECT_EQ(lasting.add(1, 1), 2);
  EXPECT_EQ(failure_of([&] { passing.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
}

TEST(WellKnownKey, IsFoundByCorbaloc) {
  World world(Way::tcp, ThreadPerConnection{});
  world.adapter().activate_well_known<calls::Target>("my service",
                                                     std::make_shared<TargetServant>());
  const auto address = world.server().endpoints().front().to_string();

  const auto target =
      world.client().object<calls::Target>("corbaloc:iiop:1.2@" + address + "/my%20service");
  const auto old = world.client().object<calls::Target>("corbaloc::" + address + "/my%20service");

  EXPECT_EQ(target.add(1, 1), 2);
  EXPECT_EQ(old.add(1, 1), 2);
  EXPECT_THROW(world.client_adapter().activate_well_known<calls::Target>(
                   "", std::make_shared<TargetServant>()),
               BadParam);
  EXPECT_THROW(world.adapter().activate_well_known<calls::Target>(
                   "my service", std::make_shared<TargetServant>()),
               ObjectAlreadyActive);
  EXPECT_TRUE(world.adapter().deactivate(ObjectId("my service")));
  EXPECT_NE(failure_of([&] { target.add(1, 1); }), "");
}

TEST(WellKnownKey, IsNotSaidToBeGoneWhileItsServerEnds) {
  for (int round = 0; round < 10; ++round) {
    Orb server;
    auto adapter = server.create_adapter("any");
    adapter.activate_well_known<calls::Target>("Service", std::make_shared<TargetServant>());
    const auto reference = "corbaloc::" + server.endpoints().front().to_string() + "/Service";
    std::thread running([&] { server.run(); });
    Orb client;
    std::atomic<int> calling{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) {
      callers.emplace_back([&] {
        const auto target = client.object<calls::Target>(reference);
        std::string failure;
        while (failure_of([&] { target.add(1, 1); }) != "") {  // until the server runs
        }
        ++calling;
        while (failure.empty()) failure = failure_of([&] { target.add(1, 1); });
        EXPECT_FALSE(failure.starts_with("OBJECT_NOT_EXIST")) << failure;
      });
    }
    while (calling < 4) std::this_thread::yield();

    server.shutdown();

    running.join();
    for (auto& caller : callers) caller.join();
  }
}

TEST(WellKnownKey, ThatNobodyHasIsEarlyWhileTheServerStartsAndWrongOnceItRuns) {
  Orb server;
  auto adapter = server.create_adapter("any");
  Orb client;
  const auto nobody = client.object<calls::Target>(
      "corbaloc::" + server.endpoints().front().to_string() + "/nobody");
  EXPECT_EQ(failure_of([&] { nobody.add(1, 1); }), "TRANSIENT COMPLETED_NO");

  std::thread running([&] { server.run(); });
  const auto started = client.object<calls::Target>(to_string(serve(adapter)));
  while (failure_of([&] { started.add(1, 1); }) != "") {
  }

  EXPECT_EQ(failure_of([&] { nobody.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  server.shutdown();
  running.join();
}

TEST(InitialReferences, ComeFromTheCommandLineAndTheEnvironment) {
  World world(Way::tcp, ThreadPerConnection{});
  const auto text = to_string(world.serve<calls::Target>(std::make_shared<TargetServant>()));
  ::setenv("CORBEL_INIT_REF", ("FromEnvironment=" + text).c_str(), 1);
  const std::string option = "--corbel-init-ref=FromOption=" + text;
  std::string arguments[] = {"program",           "--mine",        option,
                             "--corbel-init-ref", "Other=" + text, "last"};
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(argv.size()) - 1;

  Orb orb(argc, argv.data());
  ::unsetenv("CORBEL_INIT_REF");

  EXPECT_EQ(argc, 3);
  EXPECT_STREQ(argv[1], "--mine");
  EXPECT_STREQ(argv[2], "last");
  for (const auto* name : {"FromEnvironment", "FromOption", "Other"}) {
    EXPECT_EQ(orb.initial_reference<calls::Target>(name).add(1, 1), 2) << name;
  }
  EXPECT_EQ(orb.object<calls::Target>("corbaloc:rir:/FromOption").add(1, 1), 2);
  EXPECT_THROW(orb.initial_reference("Nobody"), BadParam);
}

TEST(InitialReferences, ThatAreNoneEndTheStartNamingThem) {
  for (const std::string wrong : {"", "foo", "corbaloc:iiop", "IOR:12"}) {
    std::string arguments[] = {"program", "--corbel-init-ref=Clock=" + wrong};
    char* argv[] = {arguments[0].data(), arguments[1].data(), nullptr};
    int argc = 2;

    try {
      Orb orb(argc, argv);
      ADD_FAILURE() << wrong << " was taken";
    } catch (const BadParam& failure) {
      EXPECT_NE(failure.message().find("Clock"), std::string_view::npos) << failure.what();
    }
  }
}

TEST(InitialReferences, MayBeSetLater) {
  World world(Way::tcp, ThreadPerConnection{});
  const auto target = world.serve<calls::Target>(std::make_shared<TargetServant>());

  world.client().set_initial_reference("Target", target);

  EXPECT_EQ(world.client().initial_reference<calls::Target>("Target").add(1, 1), 2);
}

TEST(InitialReferences, ACorbanameIsResolvedByTheNamingService) {
  World world(Way::tcp, ThreadPerConnection{});
  naming_service::NamingService service(world.server(),
                                        std::make_unique<naming_service::MemoryStore>());
  const auto target = world.serve<calls::Target>(std::make_shared<TargetServant>());
  const auto address = world.server().endpoints().front().to_string();
  Orb orb(
      OrbOptions{.initial_references = {{"NameService", "corbaloc::" + address + "/NameService"}}});
  orb.naming().rebind("shop/target.kind", target);

  EXPECT_EQ(orb.object<calls::Target>("corbaname::" + address + "#shop/target.kind").add(1, 1), 2);
  EXPECT_EQ(orb.object<calls::Target>("corbaname:rir:#shop/target.kind").add(1, 1), 2);
  EXPECT_EQ(orb.naming().resolve<calls::Target>("shop/target.kind").add(1, 1), 2);
}

TEST(Advertise, ReferencesSayWhatIsAdvertised) {
  Orb orb(OrbOptions{.advertise = "gate.example,other.example:99"});
  auto adapter = answering_adapter(orb, "a");
  const auto target = serve(adapter);

  const auto endpoints = reference(target).endpoints();
  ASSERT_EQ(endpoints.size(), 2U);
  EXPECT_EQ(endpoints[0].host, "gate.example");
  EXPECT_NE(endpoints[0].port, 0);
  EXPECT_EQ(endpoints[1], (Endpoint{"other.example", 99}));
  // Its own references are still known to be its own.
  EXPECT_EQ(target.add(1, 1), 2);
}

TEST(SeveralEndpoints, ADeadFirstOneIsPassedOver) {
  World world(Way::tcp, ThreadPerConnection{});
  world.adapter().activate_well_known<calls::Target>("t", std::make_shared<TargetServant>());
  const Endpoint dead{"127.0.0.1", some_port()};
  const auto alive = world.server().endpoints().front();

  const auto target = world.client().object<calls::Target>(ObjectRef::at({dead, alive}, "t"));

  EXPECT_EQ(target.add(1, 1), 2);
  EXPECT_EQ(target.async_add(1, 1).get(), 2);
}

TEST(SeveralEndpoints, AllDeadAreAllNamed) {
  const Endpoint one{"127.0.0.1", some_port()};
  const Endpoint two{"127.0.0.1", some_port()};
  Orb orb;

  try {
    orb.object<calls::Target>(ObjectRef::at({one, two}, "t")).add(1, 1);
    FAIL() << "nobody is there";
  } catch (const ConnectFailed& failure) {
    EXPECT_NE(std::string(failure.what()).find(one.to_string()), std::string::npos)
        << failure.what();
    EXPECT_NE(std::string(failure.what()).find(two.to_string()), std::string::npos)
        << failure.what();
  }
}

}  // namespace corbel::test
