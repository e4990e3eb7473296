#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

// The classes of valuetypes and value boxes.
namespace corbel::idl {
namespace {

std::string part_name(const Emission& emission, const StatePart& part) {
  return part.source == nullptr ? part.content_name : emission.names.of(*part.source);
}

std::string stub_prefix(const Emission& emission) {
  return emission.names.corbel_prefix() + "stub::";
}

std::string base_list(const Emission& emission, const Declaration& definition) {
  const Place place{Names::enclosing_module(definition)};
  std::vector<std::string> bases;
  if (const ValueType* base = stateful_base(definition)) {
    bases.push_back("public virtual " + emission.names.reference(*base, place));
  }
  for (const ValueType* base : abstract_bases(definition)) {
    bases.push_back("public virtual " + emission.names.reference(*base, place));
  }
  for (const Interface* interface : abstract_supports(definition)) {
    bases.push_back("public virtual " + emission.names.reference(*interface, place) +
                    "::" + emission.names.in_class(*interface).value);
  }
  if (bases.empty())
    bases.push_back("public virtual " + emission.names.corbel_prefix() + "ValueBase");
  return join(bases);
}

/// "(std::int32_t id_value, std::shared_ptr<Node> next_value)".
std::string constructor_parameters(const Emission& emission, const Declaration& definition) {
  std::vector<std::string> parameters;
  for (const StatePart& part : whole_state(definition)) {
    parameters.push_back(emission.types.name(*part.type, {&definition}) + " " +
                         emission.names.free_name(part_name(emission, part) + "_value"));
  }
  return "(\v" + join(parameters) + ")";
}

bool has_values(const Declaration& definition) {
  for (const StatePart& part : own_state(definition)) {
    if (holds_values(*part.type)) return true;
  }
  return false;
}

void declare_nested(const Emission& emission, Writer& writer, const ValueType& definition) {
  for (const Declaration* nested : definition.definitions) {
    if (const auto* one = as<Struct>(nested)) declare_struct(emission, writer, *one);
    if (const auto* one = as<Exception>(nested)) declare_exception(emission, writer, *one);
    if (const auto* one = as<Enum>(nested)) declare_enum(emission, writer, *one);
    if (const auto* one = as<Typedef>(nested)) declare_typedef(emission, writer, *one);
    if (const auto* one = as<Constant>(nested)) declare_constant(emission, writer, *one);
  }
  writer.blank();
}

void declare_construction(const Emission& emission, Writer& writer, const Declaration& definition) {
  const std::string& name = emission.names.of(definition);
  const std::size_t parts = whole_state(definition).size();
  writer.line(name + "() = default;");
  if (parts != 0) {
    writer.line((parts == 1 ? "explicit " : "") + name +
                constructor_parameters(emission, definition) + ";");
  }
  if (has_values(definition)) writer.line("~" + name + "() override;");
  writer.blank();
}

void declare_state(const Emission& emission, Writer& writer, const Declaration& definition,
                   bool is_public) {
  for (const StatePart& part : own_state(definition)) {
    if (part.is_public != is_public) continue;
    if (part.source != nullptr) write_documentation(writer, *part.source);
    writer.line(emission.types.name(*part.type, {&definition}) + " " + part_name(emission, part) +
                (emission.is_complete(*part.type) ? "{};" : ";"));
  }
  writer.blank();
}

void declare_raised(const Emission& emission, Writer& writer, const Method& method,
                    const Declaration& scope) {
  std::vector<std::string> raised;
  for (const Declaration* exception : method.raises) {
    raised.push_back(emission.names.reference(*exception, {&scope}));
  }
  if (!raised.empty()) writer.comment("Throws " + join(raised) + ".");
}

void declare_functions(const Emission& emission, Writer& writer, const Declaration& scope,
                       const std::vector<Method>& methods) {
  for (const Method& method : methods) {
    if (method.access != Access::kSet) write_documentation(writer, *method.source);
    declare_raised(emission, writer, method, scope);
    const Place place{&scope, false, false, &method};
    writer.line("virtual " + emission.types.name(*method.result, {&scope}) + kSpace +
                emission.names.of(*method.source) +
                parameter_list(emission, method, Form::kServant, place) + " = 0;");
  }
  writer.blank();
}

/// What makes values from a program's own arguments; nothing of it travels.
void declare_factory(const Emission& emission, Writer& writer, const ValueType& definition) {
  std::vector<Method> methods;
  for (const Declaration* child : definition.definitions) {
    if (const auto* factory = as<Factory>(child)) methods.push_back(method_of(*factory));
  }
  if (methods.empty()) return;
  const std::string name = emission.names.free_name("Factory");
  const std::string result =
      emission.names.std_prefix() + "shared_ptr<" + emission.names.of(definition) + ">";
  writer.line("/// To be implemented where the program makes such values by the IDL's factories.");
  writer.line("class " + name + " {");
  writer.label("public:");
  writer.indent();
  writer.line("virtual ~" + name + "() = default;");
  for (const Method& method : methods) {
    write_documentation(writer, *method.source);
    declare_raised(emission, writer, method, definition);
    writer.line(
        "virtual " + result + kSpace + emission.names.of(*method.source) +
        parameter_list(emission, method, Form::kServant, {&definition, false, false, &method}) +
        " = 0;");
  }
  writer.outdent();
  writer.line("};");
  writer.blank();
}

void declare_machinery(const Emission& emission, Writer& writer, const Declaration& definition) {
  const Names& names = emission.names;
  const std::string& corbel = names.corbel_prefix();
  writer.outdent();
  writer.label("protected:");
  writer.indent();
  declare_state(emission, writer, definition, false);
  writer.line("void corbel_encode(\v" + corbel + "cdr::Encoder& " + names.free_name("encoder") +
              ") const override;");
  writer.line("void corbel_decode(\v" + corbel + "cdr::Decoder& " + names.free_name("decoder") +
              ") override;");
  if (has_values(definition)) {
    writer.line("void corbel_release(\v" + stub_prefix(emission) + "ValueRelease& " +
                names.free_name("release") + ") override;");
  }
}

/// Assigns what the base holds: a virtual base is constructed by whoever derives last.
void define_constructor(const Emission& emission, Writer& writer, const Declaration& definition) {
  const std::string& name = emission.names.of(definition);
  const auto given = [&](const StatePart& part) {
    const std::string value = emission.names.free_name(part_name(emission, part) + "_value");
    return emission.types.is_small(*part.type)
               ? value
               : emission.names.std_prefix() + "move(" + value + ")";
  };
  std::vector<std::string> initializers;
  for (const bool is_public : {true, false}) {  // as they are declared
    for (const StatePart& part : own_state(definition)) {
      if (part.is_public == is_public)
        initializers.push_back(part_name(emission, part) + "(" + given(part) + ")");
    }
  }
  std::vector<std::string> body;
  const ValueType* base = stateful_base(definition);
  for (const StatePart& part : base == nullptr ? std::vector<StatePart>() : whole_state(*base)) {
    body.push_back(part_name(emission, part) + " = " + given(part) + ";");
  }
  writer.function(name + "::" + name + constructor_parameters(emission, definition) +
                      (initializers.empty() ? "" : "\f: " + join(initializers)),
                  body);
}

/// "corbel_encode" or "corbel_decode" of each part, the base's first.
std::vector<std::string> for_each_part(const Emission& emission, const Declaration& definition,
                                       const std::string& function, const std::string& coder) {
  const Place place{&definition};
  std::vector<std::string> body;
  if (const ValueType* base = stateful_base(definition)) {
    body.push_back(emission.names.reference(*base, place) + "::corbel_" + function + "(" + coder +
                   ");");
  }
  for (const StatePart& part : own_state(definition)) {
    const std::string codec = emission.types.needs_codec(*part.type)
                                  ? emission.types.codec(*part.type, place) + "::"
                                  : emission.names.corbel_prefix();
    body.push_back(codec + function + "(\v" + coder + ",\f" + part_name(emission, part) + ");");
  }
  return body;
}

void define_release(const Emission& emission, Writer& writer, const Declaration& definition) {
  const std::string& name = emission.names.of(definition);
  const std::string release = emission.names.free_name("release");
  const std::string type = stub_prefix(emission) + "ValueRelease";
  std::vector<std::string> body;
  if (const ValueType* base = stateful_base(definition)) {
    body.push_back(emission.names.reference(*base, {&definition}) + "::corbel_release(" + release +
                   ");");
  }
  for (const StatePart& part : own_state(definition)) {
    if (holds_values(*part.type)) {
      body.push_back(release + ".take(" + part_name(emission, part) + ");");
    }
  }
  writer.function("void " + name + "::corbel_release(\v" + type + "& " + release + ")", body);
  // Not through the virtual function: of this class's own part is left what there is to free.
  writer.function(name + "::~" + name + "()",
                  {type + " " + release + ";", name + "::corbel_release(" + release + ");"});
}

}  // namespace

void declare_value(const Emission& emission, Writer& writer, const Declaration& definition) {
  const auto* value = as<ValueType>(&definition);
  write_origin(writer, definition);
  writer.line("class " + emission.names.of(definition) + "\f: " + base_list(emission, definition) +
              " {");
  writer.label("public:");
  writer.indent();
  if (value != nullptr) declare_nested(emission, writer, *value);
  const bool has_state = value == nullptr || !value->is_abstract;
  if (has_state) declare_construction(emission, writer, definition);
  declare_state(emission, writer, definition, true);
  if (value != nullptr) {
    declare_functions(emission, writer, definition, value_methods(*value));
    declare_factory(emission, writer, *value);
  }
  if (has_state) {
    writer.line("const " + stub_prefix(emission) +
                "ValueType& corbel_type() const noexcept override;");
    declare_machinery(emission, writer, definition);
  }
  writer.outdent();
  writer.line("};");
}

void define_value(const Emission& emission, Writer& writer, const Declaration& definition) {
  const auto* value = as<ValueType>(&definition);
  if (value != nullptr && value->is_abstract) return;
  const Names& names = emission.names;
  const std::string& name = names.of(definition);
  const std::string encoder = names.free_name("encoder");
  const std::string decoder = names.free_name("decoder");
  writer.in_namespace(names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  if (!whole_state(definition).empty()) define_constructor(emission, writer, definition);
  writer.function(
      "const " + names.stub_prefix() + "ValueType& " + name + "::corbel_type() const noexcept",
      {"return " + names.stub_prefix() + "kValueType<" + name + ">;"});
  const auto encoded = for_each_part(emission, definition, "encode", encoder);
  const auto decoded = for_each_part(emission, definition, "decode", decoder);
  writer.function("void " + name + "::corbel_encode(\v" + names.corbel_prefix() + "cdr::Encoder&" +
                      (encoded.empty() ? "" : " " + encoder) + ") const",
                  encoded);
  writer.function("void " + name + "::corbel_decode(\v" + names.corbel_prefix() + "cdr::Decoder&" +
                      (decoded.empty() ? "" : " " + decoder) + ")",
                  decoded);
  if (has_values(definition)) define_release(emission, writer, definition);
}

}  // namespace corbel::idl
