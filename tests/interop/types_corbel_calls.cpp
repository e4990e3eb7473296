#include "types_corbel_checks.hpp"
#include "types_corbel_samples.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

using namespace interop;
using namespace std::chrono_literals;

namespace {

void check_attributes(CorbelClient& client) {
  const Types& types = client.types;
  client.checks.run("attributes", [&] {
    types.name("a name");
    types.short_name("12345678");
    types.content(sample_octets(77));
    expect(types.name() == "a name", "string");
    expect(types.short_name() == "12345678", "bounded string");
    expect(types.content() == sample_octets(77), "octets");
    expect(types.path() == sample_points(3), "readonly");
  });
}

void check_oneway(CorbelClient& client) {
  const Types& types = client.types;
  client.checks.run("oneway", [&] {
    for (std::int32_t number = 1; number <= 50; ++number) types.shout(number, sample_octets(500));
    const auto patience = std::chrono::steady_clock::now() + 10s;
    while (types.shouted() != 550 && std::chrono::steady_clock::now() < patience)
      std::this_thread::yield();
    expect(types.shouted() == 550, "the last one came");
  });
}

void check_inheritance(CorbelClient& client) {
  client.checks.run("diamond inheritance", [&] {
    const corbel::Object object = client.types.diamond();
    const auto diamond = corbel::narrow<Diamond>(object);
    expect(!corbel::is_nil(diamond), "narrowed");
    const Left left = diamond;
    const Base base = corbel::narrow<Base>(object);
    expect(base.base_says() == "base" && diamond.base_says() == "base", "base");
    expect(left.left_says() == "left" && diamond.left_says() == "left", "left");
    expect(corbel::narrow<Right>(object).right_says() == "right", "right");
    expect(diamond.diamond_says() == "diamond", "diamond");
    diamond.label("new");
    expect(base.label() == "new", "inherited attribute");
  });
  client.checks.run("_is_a and narrow", [&] {
    const corbel::Object object = client.types.diamond();
    expect(corbel::is_a(object, "IDL:interop/Left:1.0"), "it is a Left");
    expect(corbel::is_a(object, "IDL:omg.org/CORBA/Object:1.0"), "it is an Object");
    expect(!corbel::is_a(object, "IDL:interop/Types:1.0"), "it is no Types");
    expect(corbel::is_nil(corbel::narrow<Types>(object)), "no narrowing to a wrong type");
    expect(!corbel::non_existent(object), "it exists");
  });
}

void check_callbacks(CorbelClient& client) {
  client.checks.run("callback while the client waits", [&] {
    expect(client.types.visit(client.callback, 4) == 0 + 1 + 2 + 3, "every visit came");
  });
  client.checks.run("nested callbacks", [&] {
    expect(client.types.caller().bounce(12, client.callback) == 12, "twelve calls deep");
  });
}

void check_concurrency(CorbelClient& client) {
  client.checks.run("several threads", [&] {
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (std::int32_t number = 0; number < 4; ++number) {
      threads.emplace_back([&, number] {
        for (std::int32_t i = 0; i < 50; ++i) {
          std::int32_t b = i;
          std::int32_t c = 0;
          try {
            if (client.types.use_long(number, b, c) != number || b != number || c != i) ++wrong;
          } catch (const std::exception&) {
            ++wrong;
          }
        }
      });
    }
    threads.clear();
    expect(wrong == 0, "each thread got its own answers");
  });
}

}  // namespace

void check_calls(CorbelClient& client) {
  check_attributes(client);
  check_oneway(client);
  check_inheritance(client);
  check_callbacks(client);
  check_concurrency(client);
}

void check_large_values(CorbelClient& client) {
  const Types& types = client.types;
  for (const std::size_t size : {1'000u, 8'180u, 8'192u, 100'000u, 1'000'000u, 20'000'000u}) {
    client.checks.run(std::to_string(size) + " octets", [&] {
      const Octets data = sample_octets(size);
      expect(types.echo(data) == data, "they came back");
    });
  }
  client.checks.run("100000 structs", [&] {
    Points b;
    Points c;
    expect(types.use_points(sample_points(100'000), b, c) == sample_points(100'000),
           "they came back");
  });
  if (client.version == "1.1") {
    client.checks.skip("many anys",
                       "omniORB's fragments of GIOP 1.1 break the alignment within anys");
  } else {
    client.checks.run("many anys", [&] {
      const Anys data(2'000, corbel::Any(sample_everything(2)));
      Anys b;
      Anys c;
      expect(types.use_anys(data, b, c) == data, "they came back");
    });
  }
  client.checks.run("long string", [&] {
    const std::string text(1'000'000, 't');
    expect(types.echo_text(text) == text, "it came back");
  });
}

void check_idle(CorbelClient& client) {
  client.checks.run("call after the server closed an idle connection", [&] {
    expect(client.types.shouted() == 0, "first call");
    // A connection without calls is not watched: that it was closed shows when it is used again.
    // The server closes it after a second or two.
    std::this_thread::sleep_for(3s);
    expect(client.types.shouted() == 0, "call over a new connection");
  });
}
