#include <algorithm>
#include <utility>

#include "tests/idl-random/generator.hpp"

namespace corbel::idl::random {
namespace {

template <typename T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

void Generator::inherit(Known& made, const Known& base) {
  made.ancestors.push_back(base.path);
  made.ancestors.insert(made.ancestors.end(), base.ancestors.begin(), base.ancestors.end());
}

void Generator::interface() {
  const std::string name = fresh("Interface");
  static const std::vector<std::pair<std::string, Kind>> kKinds{
      {"", Kind::kInterface},
      {"", Kind::kInterface},
      {"abstract ", Kind::kAbstractInterface},
      {"local ", Kind::kLocalInterface}};
  const auto& [word, kind] = chance_.of(kKinds);
  if (chance_.one_in(5)) line(word + "interface " + name + ";");
  Known made{kind, here(plain(name)), kind == Kind::kLocalInterface};
  std::string bases;
  std::vector<std::string> direct;
  for (std::size_t i = chance_.below(3); i > 0; --i) {
    const Kind wanted = kind;
    const Known* base = any([&](const Known& known) {
      if (contains(direct, known.path)) return false;
      if (known.kind == Kind::kAbstractInterface) return true;
      if (wanted == Kind::kAbstractInterface) return false;
      return known.kind == Kind::kInterface ||
             (known.kind == Kind::kLocalInterface && wanted == Kind::kLocalInterface);
    });
    if (base == nullptr) break;
    bases += (bases.empty() ? " : " : ", ") + reference(*base);
    direct.push_back(base->path);
    inherit(made, *base);
  }
  line(word + "interface " + name + bases + " {");
  const std::string outer = std::exchange(scope_, here(plain(name)));
  inherited_ = made.ancestors;
  ++indent_;
  interface_body(made.is_local);
  --indent_;
  inherited_.clear();
  scope_ = outer;
  line("};");
  declare(std::move(made));
  pragma(name);
}

void Generator::interface_body(bool is_local) {
  for (std::size_t i = chance_.below(5); i > 0; --i) {
    if (chance_.one_in(5)) {
      type_definition();
    } else if (chance_.one_in(4)) {
      const std::string word = chance_.one_in(2) ? "readonly attribute " : "attribute ";
      const std::string more = chance_.one_in(4) ? ", " + fresh("attribute") : "";
      line(word + parameter_type(is_local) + " " + fresh("attribute") + more + ";");
    } else {
      operation(is_local);
    }
  }
}

void Generator::operation(bool is_local) {
  const std::string name = fresh("operation");
  if (chance_.one_in(6)) return line("oneway void " + name + parameters(true, is_local) + ";");
  const std::string result = chance_.one_in(3) ? "void" : parameter_type(is_local);
  std::string text = result + " " + name + parameters(false, is_local);
  text += raises();
  if (chance_.one_in(20)) text += " context (\"user\", \"sys.*\")";
  line(text + ";");
}

std::string Generator::parameters(bool in_only, bool is_local) {
  static const std::vector<std::string> kDirections{"in ", "in ", "out ", "inout "};
  std::string text = "(";
  for (std::size_t i = chance_.below(4); i > 0; --i) {
    text += (text.size() == 1 ? "" : ", ") + (in_only ? "in " : chance_.of(kDirections)) +
            parameter_type(is_local) + " " + fresh("parameter");
  }
  return text + ")";
}

std::string Generator::raises() {
  const Known* exception =
      any([](const Known& known) { return known.kind == Kind::kException && !known.is_local; });
  if (exception == nullptr || chance_.one_in(2)) return "";
  return " raises (" + reference(*exception) + ")";
}

void Generator::value() {
  static const std::vector<std::pair<std::string, Kind>> kKinds{{"", Kind::kValue},
                                                                {"", Kind::kValue},
                                                                {"abstract ", Kind::kAbstractValue},
                                                                {"custom ", Kind::kCustomValue}};
  const auto& [word, kind] = chance_.of(kKinds);
  const std::string name = fresh("Value");
  if (chance_.one_in(5)) {
    line((kind == Kind::kAbstractValue ? word : "") + "valuetype " + name + ";");
  }
  Known made{kind, here(plain(name))};
  const std::string bases = value_bases(made);
  const std::string supported = supports(made);
  line(word + "valuetype " + name + bases + supported + " {");
  const std::string outer = std::exchange(scope_, here(plain(name)));
  inherited_ = made.ancestors;
  ++indent_;
  value_body(kind == Kind::kAbstractValue);
  --indent_;
  inherited_.clear();
  scope_ = outer;
  line("};");
  declare(std::move(made));
}

std::string Generator::value_bases(Known& made) {
  std::string text;
  const auto add = [&](const Known& base, const std::string& word) {
    text += (text.empty() ? " : " : ", ") + word + reference(base);
    made.has_interface = made.has_interface || base.has_interface;
    inherit(made, base);
  };
  const bool is_custom = made.kind == Kind::kCustomValue;
  if (made.kind != Kind::kAbstractValue && chance_.one_in(2)) {
    const Known* base = any([](const Known& known) { return known.kind == Kind::kValue; });
    if (base != nullptr) add(*base, !is_custom && chance_.one_in(2) ? "truncatable " : "");
  }
  if (chance_.one_in(2)) {
    const Known* base = any([&](const Known& known) {
      // One interface that is not abstract, however many ways lead to it.
      return known.kind == Kind::kAbstractValue && !(made.has_interface && known.has_interface);
    });
    if (base != nullptr) add(*base, "");
  }
  return text;
}

std::string Generator::supports(Known& made) {
  const Known* interface = any([&](const Known& known) {
    return known.kind == Kind::kAbstractInterface ||
           (known.kind == Kind::kInterface && !made.has_interface);
  });
  if (interface == nullptr || chance_.one_in(2)) return "";
  made.has_interface = made.has_interface || interface->kind == Kind::kInterface;
  inherit(made, *interface);
  return " supports " + reference(*interface);
}

void Generator::value_body(bool is_abstract) {
  for (std::size_t i = chance_.below(5); i > 0; --i) {
    switch (chance_.below(is_abstract ? 2 : 6)) {
      case 0:
        operation(false);
        break;
      case 1:
        line("attribute " + parameter_type(false) + " " + fresh("attribute") + ";");
        break;
      case 2:
        line("factory " + fresh("create") + parameters(true, false) + raises() + ";");
        break;
      default: {
        bool is_local = false;
        std::string type = member_type(is_local);
        if (is_local) type = simple_type();
        line((chance_.one_in(2) ? "public " : "private ") + type + " " + fresh("state") +
             array_part() + ";");
      }
    }
  }
}

void Generator::box() {
  bool is_local = false;
  const std::string name = fresh("Box");
  const Known* held = any([](const Known& known) {
    return known.kind == Kind::kStruct || known.kind == Kind::kUnion || known.kind == Kind::kEnum ||
           known.kind == Kind::kInterface;
  });
  std::string type = held == nullptr || chance_.one_in(2)
                         ? "sequence<" + member_type(is_local) + " >"
                         : reference(*held);
  if (held != nullptr) is_local = is_local || held->is_local;
  line("valuetype " + name + " " + type + ";");
  declare({Kind::kBox, here(plain(name)), is_local});
}

}  // namespace corbel::idl::random
