// Corbel's side of the tests of unions, fixed and TypeCodes.
//   constructs_corbel_peer server IOR-FILE
//   constructs_corbel_peer client REFERENCE
#include <constructs.idl.hpp>

#include <corbel/any.hpp>
#include <corbel/orb.hpp>

#include <fstream>

#include "types_checks.hpp"

namespace {

using namespace constructs;

constexpr std::int32_t kSeeds = 6;

Shape sample_shape(std::int32_t seed) {
  switch (seed % 3) {
    case 0:
      return Shape::make_radius(1.5 * seed);
    case 1:
      return Shape::make_extent({1.0 * seed, -0.5}, Kind::rectangle);
    default:
      return Shape::make_text("shape " + std::to_string(seed));
  }
}

Json sample_json(std::int32_t seed) {
  Jsons list{Json::make_truth(true), Json::make_text("json " + std::to_string(seed))};
  if (seed > 0) list.push_back(sample_json(seed - 1));
  return Json::make_list(list);
}

Money sample_money(std::int32_t seed) {
  return Money(std::string(seed % 2 == 0 ? "" : "-") + std::to_string(1000000 + seed) + ".05");
}

All sample_all(std::int32_t seed) {
  const bool odd = seed % 2 == 1;
  All all;
  all.a_shape = sample_shape(seed);
  if (seed % 3 == 0) all.a_maybe.text("maybe");
  if (seed % 3 == 1) all.a_maybe.number(-seed, 3);
  if (seed % 3 == 2) all.a_maybe.clear();
  all.a_truth = odd ? Truth::make_yes("yes") : Truth::make_no(Kind::square);
  all.by_char = odd ? ByChar::make_a(seed) : ByChar::make_z(-7, 'q');
  all.by_short = odd ? ByShort::make_one(200) : ByShort::make_other(corbel::Any(seed), 9);
  all.by_longlong = odd ? ByLongLong::make_least(-seed) : ByLongLong::make_most(0.25 * seed);
  all.by_ulonglong =
      odd ? ByULongLong::make_last(true) : ByULongLong::make_inner(sample_shape(seed + 1), 7);
  all.tree = sample_json(seed % 3);
  all.price = sample_money(seed + 1);
  all.part = Share("-.1234");
  all.type = odd ? corbel::Type<Shape>::type_code() : corbel::Type<Json>::type_code();
  all.shapes = {sample_shape(seed + 1), sample_shape(seed + 2)};
  all.prices = {Money(1), Money("-.5")};
  return all;
}

corbel::Any sample_any(std::int32_t seed) {
  switch (seed % 4) {
    case 0:
      return corbel::Any(sample_shape(seed));
    case 1:
      return corbel::Any(sample_money(seed));
    case 2:
      return corbel::Any(sample_json(seed));
    default:
      return corbel::Any(corbel::Type<Json>::type_code());
  }
}

/// Any discriminator without a branch is as good as another.
All normalized(All all) {
  if (!all.a_maybe.is_text() && !all.a_maybe.is_number()) all.a_maybe.clear();
  return all;
}

class PeerServant final : public Peer::Servant {
 public:
  All use_all(const All& a, All& b, All& c) override { return echo(a, b, c); }
  corbel::Any use_any(const corbel::Any& a, corbel::Any& b, corbel::Any& c) override {
    return echo(a, b, c);
  }
  All sample(std::int32_t seed) override { return sample_all(seed); }
  bool is_sample(std::int32_t seed, const All& value) override {
    return normalized(value) == sample_all(seed);
  }
  corbel::Any sample_any(std::int32_t seed) override { return ::sample_any(seed); }
  bool is_sample_any(std::int32_t seed, const corbel::Any& value) override {
    return value == ::sample_any(seed);
  }
  void refuse(std::int32_t seed) override { throw Refused(sample_shape(seed), sample_money(seed)); }

 private:
  template <class T>
  static T echo(const T& a, T& b, T& c) {
    c = b;
    b = a;
    return a;
  }
};

template <class Call>
void expect_refused(std::int32_t seed, const Call& call) {
  const auto refused = expect_raise<Refused>(call, "Refused");
  expect(refused == Refused(sample_shape(seed), sample_money(seed)), "its members");
}

void check_values(Checks& checks, const Peer& peer) {
  checks.run("samples", [&] {
    for (std::int32_t seed = 0; seed < kSeeds; ++seed) {
      const All got = normalized(peer.sample(seed));
      expect(got == sample_all(seed), "sample " + std::to_string(seed) + ": " + to_string(got));
      expect(peer.is_sample(seed, sample_all(seed)), "taken for " + std::to_string(seed));
    }
  });
  checks.run("use_all", [&] {
    All inout = sample_all(1);
    All out;
    expect(peer.use_all(sample_all(3), inout, out) == sample_all(3), "result");
    expect(inout == sample_all(3) && out == sample_all(1), "inout and out");
  });
  checks.run("anys", [&] {
    for (std::int32_t seed = 0; seed < kSeeds; ++seed) {
      const corbel::Any sample = sample_any(seed);
      const corbel::Any got = peer.sample_any(seed);
      expect(got == sample, to_string(got));
      expect(peer.is_sample_any(seed, sample), "taken for " + std::to_string(seed));
      corbel::Any inout;
      corbel::Any out(1.5);
      expect(peer.use_any(sample, inout, out) == sample, "result");
      expect(inout == sample && out == corbel::Any(), "inout and out");
    }
  });
}

void check_exceptions(Checks& checks, const Peer& peer) {
  checks.run("exceptions", [&] { expect_refused(2, [&] { peer.refuse(2); }); });
}

int check(std::string_view reference) {
  corbel::Orb orb;
  const auto peer = orb.object<Peer>(reference);
  Checks checks;
  check_values(checks, peer);
  check_exceptions(checks, peer);
  return checks.passed() ? 0 : 1;
}

int serve(const char* ior_file) {
  corbel::Orb orb;
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("constructs");
  const auto object = adapter.activate<Peer>(std::make_shared<PeerServant>());
  adapter.activate_requests();
  std::ofstream(ior_file) << to_string(object) << std::endl;
  orb.run();
  return orb.statistics().protocol_errors == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "server") return serve(argv[2]);
  if (mode == "client") return check(argv[2]);
  std::cerr << "usage: constructs_corbel_peer server IOR-FILE | client REFERENCE\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << "constructs_corbel_peer: " << error.what() << '\n';
  return 1;
}
