// omniORB's side of the tests of unions, fixed and TypeCodes.
//   constructs_omni_peer server IOR-FILE [-ORB...]
//   constructs_omni_peer client REFERENCE [-ORB...]
#include <constructs.hh>

#include <csignal>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "types_checks.hpp"

namespace {

using namespace constructs;

constexpr CORBA::Long kSeeds = 6;

CORBA::String_var copy(const std::string& text) { return CORBA::string_dup(text.c_str()); }

Shape sample_shape(CORBA::Long seed) {
  Shape shape;
  if (seed % 3 == 0) shape.radius(1.5 * seed);
  if (seed % 3 == 1) {
    Size size;
    size.width = seed;
    size.height = -0.5;
    shape.extent(size);
    shape._d(rectangle);
  }
  if (seed % 3 == 2) shape.text(copy("shape " + std::to_string(seed)));
  return shape;
}

Json sample_json(CORBA::Long seed) {
  Jsons list;
  list.length(seed > 0 ? 3 : 2);
  list[0].truth(true);
  list[1].text(copy("json " + std::to_string(seed)));
  if (seed > 0) list[2] = sample_json(seed - 1);
  Json json;
  json.list(list);
  return json;
}

CORBA::Fixed sample_money(CORBA::Long seed) {
  const std::string text = (seed % 2 == 0 ? "" : "-") + std::to_string(1000000 + seed) + ".05";
  return CORBA::Fixed(text.c_str());
}

All sample_all(CORBA::Long seed) {
  const bool odd = seed % 2 == 1;
  All all;
  all.a_shape = sample_shape(seed);
  if (seed % 3 == 0) all.a_maybe.text(copy("maybe"));
  if (seed % 3 == 1) {
    all.a_maybe.number(-seed);
    all.a_maybe._d(3);
  }
  if (seed % 3 == 2) all.a_maybe._default();
  CORBA::Any any;
  any <<= seed;
  if (odd) {
    all.a_truth.yes("yes");
    all.by_char.a(seed);
    all.by_short.one(200);
    all.by_longlong.least(-seed);
    all.by_ulonglong.last(true);
  } else {
    all.a_truth.no(square);
    all.by_char.z(-7);
    all.by_char._d('q');
    all.by_short.other(any);
    all.by_short._d(9);
    all.by_longlong.most(0.25 * seed);
    all.by_ulonglong.inner(sample_shape(seed + 1));
    all.by_ulonglong._d(7);
  }
  all.tree = sample_json(seed % 3);
  all.price = sample_money(seed + 1);
  all.part = CORBA::Fixed("-.1234");
  all.type = CORBA::TypeCode::_duplicate(odd ? _tc_Shape : _tc_Json);
  all.shapes.length(2);
  all.shapes[0] = sample_shape(seed + 1);
  all.shapes[1] = sample_shape(seed + 2);
  all.prices[0] = CORBA::Fixed("1");
  all.prices[1] = CORBA::Fixed("-.5");
  return all;
}

CORBA::Any sample_any(CORBA::Long seed) {
  CORBA::Any any;
  if (seed % 4 == 0) any <<= sample_shape(seed);
  if (seed % 4 == 1) any <<= CORBA::Any::from_fixed(sample_money(seed), 9, 2);
  if (seed % 4 == 2) any <<= sample_json(seed);
  if (seed % 4 == 3) any <<= _tc_Json;
  return any;
}

// Values as text, to compare them: omniORB's have no operator==.

std::string text_of(const CORBA::Fixed& value) {
  const CORBA::String_var text = value.NP_asString();
  return text.in();
}

std::string text_of(const Shape& shape) {
  std::ostringstream out;
  out << "shape " << shape._d() << ' ';
  if (shape._d() == circle) {
    out << shape.radius();
  } else if (shape._d() == blob) {
    out << shape.text();
  } else {
    out << shape.extent().width << 'x' << shape.extent().height;
  }
  return out.str();
}

std::string text_of(const Json& json) {
  if (json._d() == 0) return json.truth() ? "true" : "false";
  if (json._d() == 1) return json.text();
  std::string text = "[";
  for (CORBA::ULong i = 0; i < json.list().length(); ++i) text += text_of(json.list()[i]) + ",";
  return text + "]";
}

std::string text_of_variants(const All& all) {
  std::ostringstream out;
  if (all.a_maybe._d() == 1) out << all.a_maybe.text();
  if (all.a_maybe._d() == 2 || all.a_maybe._d() == 3) out << all.a_maybe.number();
  out << ' ' << (all.a_truth._d() ? all.a_truth.yes() : std::to_string(all.a_truth.no())) << ' '
      << all.by_char._d() << ' ' << (all.by_char._d() == 'a' ? all.by_char.a() : all.by_char.z())
      << ' ' << all.by_short._d() << ' ';
  CORBA::Long number = 0;
  if (all.by_short._d() == -5) {
    number = all.by_short.one();
  } else if (!(all.by_short.other() >>= number)) {
    out << "no long";
  }
  out << number << ' ' << all.by_longlong._d() << ' '
      << (all.by_longlong._d() < 0 ? all.by_longlong.least() : all.by_longlong.most()) << ' '
      << all.by_ulonglong._d() << ' '
      << (all.by_ulonglong._d() == 7 ? text_of(all.by_ulonglong.inner())
                                     : std::to_string(all.by_ulonglong.last()));
  return out.str();
}

std::string text_of(const All& all) {
  std::string text = text_of(all.a_shape) + " " + text_of_variants(all) + " " + text_of(all.tree);
  text += " " + text_of(all.price) + " " + text_of(all.part) + " " + all.type->id();
  for (CORBA::ULong i = 0; i < all.shapes.length(); ++i) text += " " + text_of(all.shapes[i]);
  return text + " " + text_of(all.prices[0]) + " " + text_of(all.prices[1]);
}

bool same(const All& left, const All& right) {
  return text_of(left) == text_of(right) && left.type->equal(right.type);
}

std::string text_of(const CORBA::Any& any) {
  const Shape* shape = nullptr;
  const Json* json = nullptr;
  CORBA::Fixed number;
  CORBA::TypeCode_ptr type = nullptr;
  CORBA::Double real = 0;
  if (any >>= shape) return text_of(*shape);
  if (any >>= json) return text_of(*json);
  if (any >>= CORBA::Any::to_fixed(number, 9, 2)) return text_of(number);
  if (any >>= type) return type->equal(_tc_Json) ? "Json" : "another type";
  if (any >>= real) return std::to_string(real);
  return "nothing";
}

class PeerServant final : public POA_constructs::Peer {
 public:
  All* use_all(const All& a, All& b, All_out c) override { return echo(a, b, c); }
  CORBA::Any* use_any(const CORBA::Any& a, CORBA::Any& b, CORBA::Any_OUT_arg c) override {
    return echo(a, b, c);
  }
  All* sample(CORBA::Long seed) override { return new All(sample_all(seed)); }
  CORBA::Boolean is_sample(CORBA::Long seed, const All& value) override {
    return same(value, sample_all(seed));
  }
  CORBA::Any* sample_any(CORBA::Long seed) override { return new CORBA::Any(::sample_any(seed)); }
  CORBA::Boolean is_sample_any(CORBA::Long seed, const CORBA::Any& value) override {
    return text_of(value) == text_of(::sample_any(seed));
  }
  void refuse(CORBA::Long seed) override { throw Refused(sample_shape(seed), sample_money(seed)); }

 private:
  template <class T, class Out>
  static T* echo(const T& a, T& b, Out& c) {
    // Copies of a fixed lose its digits in omniORB, assignments keep them.
    c = new T;
    *c.ptr() = b;
    b = a;
    T* result = new T;
    *result = a;
    return result;
  }
};

template <class Call>
void expect_refused(CORBA::Long seed, const Call& call) {
  const auto refused = expect_raise<Refused>(call, "Refused");
  expect(text_of(refused.reason) == text_of(sample_shape(seed)), text_of(refused.reason));
  expect(text_of(refused.price) == text_of(sample_money(seed)), text_of(refused.price));
}

void check_values(Checks& checks, Peer_ptr peer) {
  checks.run("samples", [&] {
    for (CORBA::Long seed = 0; seed < kSeeds; ++seed) {
      const All_var got = peer->sample(seed);
      expect(same(got.in(), sample_all(seed)), "sample: " + text_of(got.in()));
      expect(peer->is_sample(seed, sample_all(seed)), "taken for " + std::to_string(seed));
    }
  });
  checks.run("use_all", [&] {
    All inout = sample_all(1);
    All_var out;
    const All_var result = peer->use_all(sample_all(3), inout, out);
    expect(same(result.in(), sample_all(3)), "result");
    expect(same(inout, sample_all(3)) && same(out.in(), sample_all(1)), "inout and out");
  });
  checks.run("anys", [&] {
    for (CORBA::Long seed = 0; seed < kSeeds; ++seed) {
      const CORBA::Any sample = sample_any(seed);
      const CORBA::Any_var got = peer->sample_any(seed);
      expect(text_of(got.in()) == text_of(sample), text_of(got.in()));
      expect(peer->is_sample_any(seed, sample), "taken for " + std::to_string(seed));
      CORBA::Any inout;
      CORBA::Any_var out;
      const CORBA::Any_var result = peer->use_any(sample, inout, out);
      expect(text_of(result.in()) == text_of(sample), "result");
      expect(text_of(inout) == text_of(sample) && text_of(out.in()) == "nothing", "inout and out");
    }
  });
}

void check_exceptions(Checks& checks, Peer_ptr peer) {
  checks.run("exceptions", [&] { expect_refused(2, [&] { peer->refuse(2); }); });
}

int serve(CORBA::ORB_ptr orb, PortableServer::POA_ptr poa, const char* ior_file) {
  const PortableServer::Servant_var<PeerServant> servant = new PeerServant;
  const PortableServer::ObjectId_var id = poa->activate_object(servant);
  const Peer_var object = servant->_this();
  const CORBA::String_var text = orb->object_to_string(object);
  std::ofstream(ior_file) << text.in() << std::endl;
  orb->run();
  return 0;
}

int check(CORBA::ORB_ptr orb, const char* reference) {
  const CORBA::Object_var object = orb->string_to_object(reference);
  const Peer_var peer = Peer::_narrow(object);
  Checks checks;
  check_values(checks, peer);
  check_exceptions(checks, peer);
  return checks.passed() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  std::signal(SIGTERM, [](int) { _exit(0); });
  const CORBA::ORB_var orb = CORBA::ORB_init(argc, argv, "omniORB4");
  const CORBA::Object_var root = orb->resolve_initial_references("RootPOA");
  const PortableServer::POA_var poa = PortableServer::POA::_narrow(root);
  const PortableServer::POAManager_var manager = poa->the_POAManager();
  manager->activate();
  const std::string mode = argc > 2 ? argv[1] : "";
  int status = 2;
  if (mode == "server") status = serve(orb, poa, argv[2]);
  if (mode == "client") status = check(orb, argv[2]);
  orb->destroy();
  return status;
} catch (const CORBA::Exception& error) {
  std::cerr << "constructs_omni_peer: " << error._name() << '\n';
  return 1;
}
