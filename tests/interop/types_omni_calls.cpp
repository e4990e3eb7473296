#include "types_omni_checks.hpp"
#include "types_omni_samples.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace interop;
using namespace std::chrono_literals;

namespace {

std::string take(char* text) { return CORBA::String_var(text).in(); }

void check_attributes(OmniClient& client) {
  const auto types = client.types;
  client.run("attributes", [&] {
    types->name("a name");
    types->short_name("12345678");
    types->content(sample_octets(77));
    expect(take(types->name()) == "a name", "string");
    expect(take(types->short_name()) == "12345678", "bounded string");
    const Octets_var content = types->content();
    expect(same(content.in(), sample_octets(77)), "octets");
    const Points_var path = types->path();
    expect(same(path.in(), sample_points(3)), "readonly");
  });
}

void check_oneway(OmniClient& client) {
  client.run("oneway", [&] {
    for (CORBA::Long number = 1; number <= 50; ++number)
      client.types->shout(number, sample_octets(500));
    const auto patience = std::chrono::steady_clock::now() + 10s;
    while (client.types->shouted() != 550 && std::chrono::steady_clock::now() < patience)
      std::this_thread::yield();
    expect(client.types->shouted() == 550, "the last one came last");
  });
}

void check_inheritance(OmniClient& client) {
  client.run("diamond inheritance", [&] {
    const CORBA::Object_var object = client.types->diamond();
    const Diamond_var diamond = Diamond::_narrow(object);
    expect(!CORBA::is_nil(diamond), "narrowed");
    const Left_var left = Left::_duplicate(diamond);
    const Base_var base = Base::_narrow(object);
    const Right_var right = Right::_narrow(object);
    expect(take(base->base_says()) == "base" && take(diamond->base_says()) == "base", "base");
    expect(take(left->left_says()) == "left" && take(diamond->left_says()) == "left", "left");
    expect(take(right->right_says()) == "right", "right");
    expect(take(diamond->diamond_says()) == "diamond", "diamond");
    diamond->label("new");
    expect(take(base->label()) == "new", "inherited attribute");
  });
  client.run("_is_a and narrow", [&] {
    const CORBA::Object_var object = client.types->diamond();
    expect(object->_is_a("IDL:interop/Left:1.0"), "it is a Left");
    expect(object->_is_a("IDL:omg.org/CORBA/Object:1.0"), "it is an Object");
    expect(!object->_is_a("IDL:interop/Types:1.0"), "it is no Types");
    const Types_var wrong = Types::_narrow(object);
    expect(CORBA::is_nil(wrong), "no narrowing to a wrong type");
    expect(!object->_non_existent(), "it exists");
  });
}

void check_callbacks(OmniClient& client) {
  client.run("callback while the client waits", [&] {
    expect(client.types->visit(client.callback, 4) == 0 + 1 + 2 + 3, "every visit came");
  });
  client.run("nested callbacks", [&] {
    const Callback_var caller = client.types->caller();
    expect(caller->bounce(12, client.callback) == 12, "twelve calls deep");
  });
}

void check_concurrency(OmniClient& client) {
  client.run("several threads", [&] {
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (CORBA::Long number = 0; number < 4; ++number) {
      threads.emplace_back([&, number] {
        for (CORBA::Long i = 0; i < 50; ++i) {
          CORBA::Long b = i;
          CORBA::Long c = 0;
          try {
            if (client.types->use_long(number, b, c) != number || b != number || c != i) ++wrong;
          } catch (const CORBA::Exception&) {
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

void check_calls(OmniClient& client) {
  check_attributes(client);
  check_oneway(client);
  check_inheritance(client);
  check_callbacks(client);
  check_concurrency(client);
}

void check_large_values(OmniClient& client) {
  for (const CORBA::ULong size : {1'000u, 8'180u, 8'192u, 100'000u, 1'000'000u, 20'000'000u}) {
    client.run(std::to_string(size) + " octets", [&] {
      const Octets data = sample_octets(size);
      const Octets_var result = client.types->echo(data);
      expect(same(result.in(), data), "they came back");
    });
  }
  client.run("100000 structs", [&] {
    Points b;
    Points_var c;
    const Points_var result = client.types->use_points(sample_points(100'000), b, c.out());
    expect(same(result.in(), sample_points(100'000)), "they came back");
  });
  client.run("many anys", [&] {
    Anys data;
    data.length(2000);
    for (CORBA::ULong i = 0; i < data.length(); ++i) data[i] <<= sample_everything(2);
    Anys b;
    Anys_var c;
    const Anys_var result = client.types->use_anys(data, b, c.out());
    expect(same(result.in(), data), "they came back");
  });
  client.run("long string", [&] {
    const std::string text(1'000'000, 't');
    expect(take(client.types->echo_text(text.c_str())) == text, "it came back");
  });
}

void check_idle(OmniClient& client) {
  client.run("call after the server closed an idle connection", [&] {
    expect(client.types->shouted() == 0, "first call");
    // omniORB tells nobody when a connection closes; the server does so after a second.
    std::this_thread::sleep_for(3s);
    expect(client.types->shouted() == 0, "call over a new connection");
  });
}
