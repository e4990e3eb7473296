#include "tests/idl-random/generator.hpp"

#include <algorithm>
#include <utility>

namespace corbel::idl::random {
std::string Generator::file() {
  if (chance_.one_in(4)) line("#pragma prefix \"example.org\"");
  definitions(0, 3 + chance_.below(8));
  return text_;
}

void Generator::definitions(int depth, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) definition(depth);
}

void Generator::definition(int depth) {
  switch (chance_.below(10)) {
    case 0:
      if (depth < 3) return module(depth);
      return type_definition();
    case 1:
    case 2:
    case 3:
      return interface();
    case 4:
      return value();
    case 5:
      return box();
    default:
      return type_definition();
  }
}

void Generator::module(int depth) {
  std::string name = fresh("Module");
  std::vector<std::string> beside;
  for (const std::string& path : modules_) {
    if (path.substr(0, path.rfind("::")) == scope_) beside.push_back(path);
  }
  if (!beside.empty() && chance_.one_in(2)) {
    const std::string& path = chance_.of(beside);
    name = path.substr(path.rfind("::") + 2);
  }
  modules_.push_back(here(plain(name)));
  line("module " + name + " {");
  const std::string outer = std::exchange(scope_, here(plain(name)));
  ++indent_;
  if (chance_.one_in(6)) line("#pragma prefix \"inner.example\"");
  definitions(depth + 1, 1 + chance_.below(5));
  --indent_;
  scope_ = outer;
  line("};");
}

void Generator::pragma(const std::string& name) {
  if (chance_.one_in(20)) {
    line("#pragma version " + plain(name) + " 1." + std::to_string(chance_.below(9)));
  } else if (chance_.one_in(20)) {
    line("#pragma ID " + plain(name) + " \"IDL:example/" + plain(name) + ":1.0\"");
  }
}

void Generator::type_definition() {
  switch (chance_.below(8)) {
    case 0:
    case 1:
      return constant();
    case 2:
      return alias();
    case 3:
      return enumeration();
    case 4:
      return exception();
    case 5:
      return union_definition();
    default:
      return structure();
  }
}

void Generator::constant() {
  static const std::vector<std::pair<std::string, std::string>> kOthers{
      {"boolean", "TRUE"},
      {"char", "'x'"},
      {"wchar", "L'\\u20ac'"},
      {"string", "\"a\" \"\\tb\""},
      {"string<5>", "\"ab\""},
      {"wstring", "L\"w\\x41\""},
      {"double", "1.5e3 * -2.0"},
      {"float", ".25"},
      {"long double", "1.0 / 3.0"},
      {"fixed", "1.25d + 3d"},
      {"octet", "255"},
      {"char", "'\\''"},
      {"unsigned long long", "0xFFFFFFFFFFFFFFFF"},
      {"short", "~0"},
      {"unsigned short", "65535"},
      {"long long", "-9223372036854775807 - 1"},
  };
  const std::string name = fresh("CONST");
  const Known* enumeration = any([](const Known& known) { return known.kind == Kind::kEnum; });
  if (chance_.one_in(2)) {
    // Kept small, so that no expression of them leaves its type.
    line("const long " + name + " = (" + number() + ") & 15;");
    declare({Kind::kNumber, here(plain(name))});
  } else if (enumeration != nullptr && chance_.one_in(3)) {
    const std::string outer = enumeration->path.substr(0, enumeration->path.rfind("::"));
    line("const " + reference(*enumeration) + " " + name + " = " + outer +
         "::" + chance_.of(enumeration->enumerators) + ";");
  } else {
    const auto& [type, value] = chance_.of(kOthers);
    line("const " + type + " " + name + " = " + value + ";");
  }
}

void Generator::alias() {
  bool is_local = false;
  const std::string type = member_type(is_local);
  const std::string name = fresh("Alias");
  const std::string second = chance_.one_in(5) ? ", " + fresh("More") + array_part() : "";
  line("typedef " + type + " " + name + array_part() + second + ";");
  declare({Kind::kAlias, here(plain(name)), is_local});
  pragma(name);
}

void Generator::enumeration() {
  const std::string name = fresh("Enum");
  Known made{Kind::kEnum, here(plain(name))};
  std::string list;
  const std::size_t count = 1 + chance_.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string enumerator = fresh("enumerator");
    made.enumerators.push_back(plain(enumerator));
    list += (i == 0 ? "" : ", ") + enumerator;
  }
  line("enum " + name + " { " + list + " };");
  declare(std::move(made));
}

std::string Generator::announce(const char* keyword, const std::string& name) {
  if (!chance_.one_in(4)) return "";
  line(keyword + (" " + name) + ";");
  if (chance_.one_in(2)) return "";
  const std::string alias_name = fresh("Many");
  line("typedef sequence<" + plain(name) + " > " + alias_name + ";");
  return plain(alias_name);
}

void Generator::structure() {
  const std::string name = fresh("Struct");
  const std::string announced = announce("struct", name);
  line("struct " + name + " {");
  const std::string outer = std::exchange(scope_, here(plain(name)));
  ++indent_;
  bool is_local = false;
  const std::size_t count = 1 + chance_.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    std::string type = chance_.one_in(10) ? "sequence<" + plain(name) + " >" : "";
    if (!announced.empty() && chance_.one_in(2)) type = announced;
    if (type.empty()) type = member_type(is_local);
    line(type + " " + fresh("member") + array_part() + ";");
  }
  if (chance_.one_in(10)) line("enum " + fresh("Inner") + " { " + fresh("one") + " } m_;");
  --indent_;
  scope_ = outer;
  line("};");
  declare({Kind::kStruct, here(plain(name)), is_local});
  pragma(name);
}

void Generator::exception() {
  const std::string name = fresh("Exception");
  line("exception " + name + " {");
  const std::string outer = std::exchange(scope_, here(plain(name)));
  bool is_local = false;
  const std::size_t count = chance_.below(3);
  ++indent_;
  for (std::size_t i = 0; i < count; ++i) {
    line(member_type(is_local) + " " + fresh("member") + array_part() + ";");
  }
  --indent_;
  scope_ = outer;
  line("};");
  declare({Kind::kException, here(plain(name)), is_local});
}

void Generator::union_definition() {
  const std::string name = fresh("Union");
  const std::string announced = announce("union", name);
  const std::string outer = std::exchange(scope_, here(plain(name)));
  Discriminator on = discriminator();
  line("union " + name + " switch (" + on.type + ") {");
  ++indent_;
  bool is_local = false;
  const std::size_t used = 1 + chance_.below(on.labels.size());
  const bool may_have_default = !on.is_whole || used < on.labels.size();
  for (std::size_t i = 0; i < used;) {
    const std::size_t together = std::min(used - i, 1 + chance_.below(2));
    for (std::size_t j = 0; j < together; ++j) line("case " + on.labels[i + j] + ":");
    std::string type = chance_.one_in(10) ? "sequence<" + plain(name) + " >" : "";
    if (!announced.empty() && chance_.one_in(2)) type = announced;
    if (type.empty()) type = member_type(is_local);
    line("  " + type + " " + fresh("branch") + array_part() + ";");
    i += together;
  }
  if (may_have_default && chance_.one_in(2)) {
    line("default: " + member_type(is_local) + " " + fresh("branch") + ";");
  }
  --indent_;
  scope_ = outer;
  line("};");
  declare({Kind::kUnion, here(plain(name)), is_local});
}

}  // namespace corbel::idl::random
