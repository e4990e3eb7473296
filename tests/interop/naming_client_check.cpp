// Usage: naming_client_check SERVER OTHER   Uses the naming service SERVER through corbel::Naming,
// and OTHER, of another make, as a context bound within it. Prints what is not as expected.
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <CosNaming.idl.hpp>

#include <iostream>
#include <stdexcept>
#include <string>

namespace {

using CosNaming::NamingContext;
using CosNaming::NamingContextExt;

int failures = 0;

void check(bool holds, const std::string& what) {
  if (holds) return;
  std::cout << "FAILED: " << what << '\n';
  ++failures;
}

template <class Exception, class Operation>
void check_throws(const Operation& operation, const std::string& what) {
  try {
    operation();
    check(false, what + ": nothing was thrown");
  } catch (const Exception&) {
  } catch (const std::exception& other) {
    check(false, what + ": threw " + other.what());
  }
}

void use_names(const corbel::Naming& naming, const corbel::Object& object) {
  naming.rebind("a/b.kind/object", object);
  check(naming.resolve("a/b.kind/object") == object, "resolve gives what was bound");
  naming.rebind("a/b.kind/object", naming.root());
  check(naming.resolve("a/b.kind/object") == naming.root(), "rebind replaces");
  check_throws<NamingContext::AlreadyBound>([&] { naming.bind("a/b.kind/object", object); },
                                            "bind of a taken name");
  naming.make_context("a/b.kind");
  check(naming.list("a").size() == 1 && naming.list("a").front().name == "b.kind",
        "list of a context");
  check(naming.list("a").front().is_context, "the entry is a context");
  naming.unbind("a/b.kind/object");
  check_throws<NamingContext::NotFound>([&] { naming.resolve("a/b.kind/object"); },
                                        "resolve after unbind");
}

void list_many(const corbel::Naming& naming, const corbel::Object& object) {
  for (int i = 0; i < 2200; ++i) naming.rebind("many/n" + std::to_string(i), object);
  check(naming.list("many").size() == 2200, "a list longer than one batch");
}

void use_text(const corbel::Naming& naming) {
  const NamingContextExt root(naming.root());
  check(root.to_string({{"x.y", ""}, {"", "k"}, {"", ""}}) == R"(x\.y/.k/.)", "to_string");
  check(root.to_name(R"(x\.y/.)") == CosNaming::Name{{"x.y", ""}, {"", ""}}, "to_name");
  check(root.to_url(":h:1/k", R"(a b\.c)") == "corbaname::h:1/k#a%20b%5c.c", "to_url");
  check_throws<NamingContext::InvalidName>([&] { root.to_name("a//b"); },
                                           "to_name of a wrong text");
  check_throws<NamingContextExt::InvalidAddress>([&] { root.to_url("", "a"); },
                                                 "to_url without address");
}

void cross_over(const corbel::Naming& naming, const corbel::Object& other,
                const corbel::Object& object) {
  NamingContext(naming.root()).rebind_context({{"elsewhere", ""}}, NamingContext(other));
  naming.rebind("elsewhere/far/object", object);
  check(naming.resolve("elsewhere/far/object") == object,
        "resolve in a context of the other server");
  check(corbel::Naming(other).resolve("far/object") == object, "what was bound there is there");
  check(naming.list("elsewhere/far").size() == 1, "list in a context of the other server");
  naming.unbind("elsewhere/far/object");
  check_throws<NamingContext::NotFound>([&] { naming.resolve("elsewhere/far/object"); },
                                        "resolve after unbind there");
}

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  if (argc != 3) throw std::invalid_argument("needs two references");
  const corbel::Naming naming(orb.object(argv[1]));
  const auto other = orb.object(argv[2]);
  const auto object = orb.object("corbaloc:iiop:192.0.2.1:9/object");
  use_names(naming, object);
  use_text(naming);
  list_many(naming, object);
  cross_over(naming, other, object);
  return failures == 0 ? 0 : 1;
} catch (const std::exception& error) {
  std::cout << "FAILED: " << error.what() << '\n';
  return 1;
}
