#include <algorithm>

#include "tests/idl-random/generator.hpp"

namespace corbel::idl::random {

std::string Generator::fresh(const char* prefix) {
  // An underscore escapes a name; it is not part of it.
  return (chance_.one_in(40) ? "_" : "") + std::string(prefix) + std::to_string(++serial_);
}

void Generator::line(const std::string& text) {
  text_ += std::string(static_cast<std::size_t>(indent_) * 2, ' ') + text + "\n";
}

const Generator::Known* Generator::any(const Choice& wanted) {
  std::vector<const Known*> found;
  for (const Known& known : known_) {
    if (wanted(known)) found.push_back(&known);
  }
  return found.empty() ? nullptr : chance_.of(found);
}

std::string Generator::reference(const Known& known) {
  const std::size_t last = known.path.rfind("::");
  const std::string outer = known.path.substr(0, last);
  // The plain name, where the scope it stands in is around us or a base of what is.
  const bool is_around = (scope_ + "::").starts_with(outer + "::") ||
                         std::find(inherited_.begin(), inherited_.end(), outer) != inherited_.end();
  if (is_around && !chance_.one_in(4)) return known.path.substr(last + 2);
  return chance_.one_in(2) ? known.path : known.path.substr(2);
}

std::string Generator::simple_type() {
  static const std::vector<std::string> kTypes{"short",          "unsigned short",
                                               "long",           "unsigned long",
                                               "long long",      "unsigned long long",
                                               "float",          "double",
                                               "long double",    "boolean",
                                               "char",           "wchar",
                                               "octet",          "any",
                                               "Object",         "string",
                                               "wstring",        "ValueBase",
                                               "CORBA::TypeCode"};
  return chance_.of(kTypes);
}

std::string Generator::named_type(bool& is_local) {
  const Known* known = any([](const Known& candidate) {
    return candidate.kind != Kind::kException && candidate.kind != Kind::kNumber;
  });
  if (known == nullptr || chance_.one_in(3)) return simple_type();
  is_local = is_local || known->is_local;
  return reference(*known);
}

std::string Generator::member_type(bool& is_local, int depth) {
  switch (chance_.below(depth > 3 ? 2 : 9)) {
    case 0:
      return simple_type();
    case 1:
    case 2:
    case 3:
      return named_type(is_local);
    case 4:
      return "string<" + small_number() + " >";
    case 5:
      return "wstring<" + small_number() + " >";
    case 6:
      return "fixed<" + std::to_string(10 + chance_.below(22)) + ", " +
             std::to_string(chance_.below(10)) + " >";
    case 7:
      return "sequence<" + member_type(is_local, depth + 1) + ", " + small_number() + " >";
    default:
      return "sequence<" + member_type(is_local, depth + 1) + " >";
  }
}

std::string Generator::parameter_type(bool may_be_local) {
  for (;;) {
    bool is_local = false;
    const std::string type =
        chance_.one_in(8) ? "string<" + small_number() + " >" : named_type(is_local);
    if (may_be_local || !is_local) return type;
  }
}

std::string Generator::number(int depth) {
  const Known* constant = any([](const Known& known) { return known.kind == Kind::kNumber; });
  static const std::vector<std::string> kSigns{" + ", " - ", " * ", " | ", " ^ ", " & "};
  static const std::vector<std::string> kLiterals{"0", "1", "7", "0x1F", "017", "12", "3"};
  switch (chance_.below(depth > 3 ? 2 : 8)) {
    case 0:
      if (constant != nullptr) return reference(*constant);
      [[fallthrough]];
    case 1:
    case 2:
    case 3:
      return chance_.of(kLiterals);
    case 4:
      return "(" + number(depth + 1) + " / 3)";
    case 5:
      return "(" + number(depth + 1) + " % 5)";
    case 6:
      return "-" + number(4);
    default:
      return "(" + number(depth + 1) + chance_.of(kSigns) + number(depth + 1) + ")";
  }
}

std::string Generator::small_number() {
  if (chance_.one_in(4)) return "(1 + " + std::to_string(chance_.below(9)) + ")";
  return std::to_string(1 + chance_.below(9));
}

std::string Generator::array_part() {
  std::string text;
  while (chance_.one_in(5)) text += "[" + small_number() + "]";
  return text;
}

Generator::Discriminator Generator::discriminator() {
  static const std::vector<Discriminator> kSimple{
      {"long", {"-1", "0", "1", "2147483647", "5 + 1"}, false},
      {"unsigned long", {"0", "4294967295", "1 << 3"}, false},
      {"short", {"-32768", "3", "4"}, false},
      {"unsigned short", {"65535", "3", "4"}, false},
      {"long long", {"-9223372036854775807", "1"}, false},
      {"unsigned long long", {"18446744073709551615", "1"}, false},
      {"boolean", {"TRUE", "FALSE"}, true},
      {"char", {"'a'", "'\\n'", "'\\377'", "'b'"}, false},
  };
  const Known* enumeration = any([](const Known& known) { return known.kind == Kind::kEnum; });
  if (enumeration == nullptr || chance_.one_in(2)) return chance_.of(kSimple);
  Discriminator made{reference(*enumeration), {}, true};
  const std::string outer = enumeration->path.substr(0, enumeration->path.rfind("::"));
  for (const std::string& name : enumeration->enumerators) {
    made.labels.push_back(outer + "::" + name);
  }
  return made;
}

}  // namespace corbel::idl::random
