#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

// A union is a class that holds its discriminator and a std::variant: one alternative for each
// branch, std::monostate as the last one where some discriminators select no branch.
namespace corbel::idl {
namespace {

/// One branch with all that its accessors are made of.
struct Branch {
  const Union& definition;
  const UnionCase& source;
  std::size_t index;
};

std::vector<Branch> branches_of(const Union& definition) {
  std::vector<Branch> branches;
  for (const UnionCase* source : definition.cases) {
    branches.push_back({definition, *source, branches.size()});
  }
  return branches;
}

bool has_default(const Union& definition) {
  return std::any_of(definition.cases.begin(), definition.cases.end(),
                     [](const UnionCase* branch) { return branch->is_default; });
}

/// True if there are discriminators that select no branch.
bool may_be_empty(const Union& definition) {
  return definition.unnamed_value.has_value() && !has_default(definition);
}

/// More than one discriminator selects it.
bool has_several_labels(const UnionCase& branch) {
  return branch.is_default || branch.labels.size() > 1;
}

std::string label_type(const Emission& emission, const Union& definition, const Place& place) {
  return emission.types.name(*definition.discriminator, place);
}

std::string label_text(const Emission& emission, const Union& definition, const ConstValue& label,
                       const Place& place) {
  return literal(emission, label, *definition.discriminator, place);
}

/// The label that a branch gets when none is given.
std::string first_label(const Emission& emission, const Branch& branch, const Place& place) {
  const ConstValue& label = branch.source.labels.empty() ? *branch.definition.unnamed_value
                                                         : branch.source.labels.front();
  return label_text(emission, branch.definition, label, place);
}

/// "case Color::red, default"
std::string labels_text(const Emission& emission, const Branch& branch) {
  std::vector<std::string> labels;
  for (const ConstValue& label : branch.source.labels) {
    labels.push_back(label_text(emission, branch.definition, label, {&branch.definition}));
  }
  std::string text = labels.empty() ? "" : "case " + join(labels, ", ");
  if (branch.source.is_default) text += text.empty() ? "default" : ", default";
  return text;
}

std::string variant(const Emission& emission, const Union& definition) {
  std::vector<std::string> alternatives;
  for (const UnionCase* branch : definition.cases) {
    alternatives.push_back(emission.types.name(*branch->type, {&definition}));
  }
  const std::string& std_prefix = emission.names.std_prefix();
  if (may_be_empty(definition)) alternatives.push_back(std_prefix + "monostate");
  return std_prefix + "variant<" + join(alternatives) + ">";
}

/// "double value, Kind label": what the setter of a branch takes.
std::string setter_parameters(const Emission& emission, const Branch& branch, bool in_header) {
  const Names& names = emission.names;
  const Place place{&branch.definition};
  std::string parameters =
      emission.types.name(*branch.source.type, place) + " " + names.free_name("value");
  if (has_several_labels(branch.source)) {
    parameters +=
        ",\f" + label_type(emission, branch.definition, place) + " " + names.free_name("label");
    if (in_header) parameters += " = " + first_label(emission, branch, place);
  }
  return "(\v" + parameters + ")";
}

std::string quoted_path(const Branch& branch) {
  return quoted(scoped_name(branch.definition) + "::" + branch.source.name);
}

void declare_branch(const Emission& emission, Writer& writer, const Branch& branch) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(branch.definition);
  const UnionNames::Branch& made = own.branches.at(&branch.source);
  const Type& type = *branch.source.type;
  const std::string& name = names.of(branch.source);
  const std::string value_type = emission.types.name(type, {&branch.definition});
  const std::string get = "return " + names.corbel_prefix() + "stub::branch<" +
                          std::to_string(branch.index) + ">(\v" + own.value_member + ",\f" +
                          quoted_path(branch) + ");";
  writer.blank();
  writer.line("// " + labels_text(emission, branch));
  write_documentation(writer, branch.source);
  writer.line("static " + names.of(branch.definition) + " " + made.make +
              setter_parameters(emission, branch, true) + ";");
  writer.function(
      "bool " + made.is + "() const noexcept",
      {"return " + own.value_member + ".index() == " + std::to_string(branch.index) + ";"});
  if (emission.types.is_small(type)) {
    writer.function(value_type + " " + name + "() const", {get});
  } else {
    writer.function("const " + value_type + "& " + name + "() const", {get});
    writer.function(value_type + "& " + name + "()", {get});
  }
  writer.line("void " + name + setter_parameters(emission, branch, true) + ";");
}

void declare_visit(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(definition);
  const std::string type = names.free_name("Visitor");
  const std::string visitor = names.free_name("visitor");
  const std::string& std_prefix = names.std_prefix();
  writer.blank();
  writer.comment("Calls `" + visitor + "` with\fthe value of\fthe branch" +
                 (may_be_empty(definition) ? ", std::monostate\fif there is none." : "."));
  for (const char* suffix : {" const", ""}) {
    writer.line("template <class " + type + ">");
    writer.function("decltype(auto) " + own.visit + "(" + type + "&& " + visitor + ")" + suffix,
                    {"return " + std_prefix + "visit(\v" + std_prefix + "forward<" + type + ">(" +
                     visitor + "),\f" + own.value_member + ");"});
  }
}

void declare_discriminator(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(definition);
  const std::string type = label_type(emission, definition, {&definition});
  writer.function(type + " " + own.discriminator + "() const noexcept",
                  {"return " + own.label_member + ";"});
  writer.comment("Another label of the same branch. Throws BadParam for one of another branch.");
  writer.line("void " + own.discriminator + "(" + type + " " + names.free_name("label") + ");");
  if (!may_be_empty(definition)) return;
  writer.comment("No branch. Throws BadParam for a label of a branch.");
  writer.line("void " + own.clear + "(\v" + type + " " + names.free_name("label") + " = " +
              label_text(emission, definition, *definition.unnamed_value, {&definition}) + ");");
}

/// Which alternative each label selects, as cases of a switch.
void write_cases(const Emission& emission, Writer& writer, const Union& definition) {
  for (const Branch& branch : branches_of(definition)) {
    for (const ConstValue& label : branch.source.labels) {
      writer.line("case " + label_text(emission, definition, label, {&definition}) + ":");
    }
    if (branch.source.is_default) writer.line("default:");
    writer.indent();
    writer.line("return " + std::to_string(branch.index) + ";");
    writer.outdent();
  }
  if (!may_be_empty(definition)) return;
  writer.line("default:");
  writer.indent();
  writer.line("return " + std::to_string(definition.cases.size()) + ";");
  writer.outdent();
}

/// The alternative that a truth value selects: compilers warn of a switch over it.
std::size_t alternative_of(const Union& definition, bool truth) {
  std::size_t other = definition.cases.size();
  for (const Branch& branch : branches_of(definition)) {
    for (const ConstValue& label : branch.source.labels) {
      if (std::get<bool>(label) == truth) return branch.index;
    }
    if (branch.source.is_default) other = branch.index;
  }
  return other;
}

void define_branch_of(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const std::string label = names.free_name("label");
  const std::string signature = names.std_prefix() + "size_t " + class_path(names, definition) +
                                "::" + names.in_union(definition).branch_of + "(" +
                                label_type(emission, definition, {&definition}) + " " + label +
                                ") noexcept";
  if (is_primitive(*definition.discriminator, Primitive::kBoolean)) {
    writer.function(signature,
                    {"return " + label + " ? " + std::to_string(alternative_of(definition, true)) +
                     " : " + std::to_string(alternative_of(definition, false)) + ";"});
    return;
  }
  writer.line(signature + " {");
  writer.indent();
  writer.line("switch (" + label + ") {");
  writer.indent();
  write_cases(emission, writer, definition);
  writer.outdent();
  writer.line("}");
  if (!definition.unnamed_value) writer.line("return " + names.std_prefix() + "variant_npos;");
  writer.outdent();
  writer.line("}");
}

/// "stub::check_label(branch_of(label) == 1, "shapes::Shape::circle");"
std::string check_label(const Emission& emission, const Union& definition,
                        const std::string& wanted, const std::string& path) {
  const Names& names = emission.names;
  return names.stub_prefix() + "check_label(\v" + names.in_union(definition).branch_of + "(" +
         names.free_name("label") + ") == " + wanted + ",\f" + path + ");";
}

void define_discriminator(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(definition);
  const std::string path = class_path(names, definition) + "::";
  const std::string label = names.free_name("label");
  const std::string parameter =
      "(" + label_type(emission, definition, {&definition}) + " " + label + ")";
  const std::string assign = own.label_member + " = " + label + ";";
  writer.function("void " + path + own.discriminator + parameter,
                  {check_label(emission, definition, own.value_member + ".index()",
                               quoted(scoped_name(definition))),
                   assign});
  if (!may_be_empty(definition)) return;
  const std::string empty = std::to_string(definition.cases.size());
  writer.function("void " + path + own.clear + parameter,
                  {check_label(emission, definition, empty, quoted(scoped_name(definition))),
                   assign, own.value_member + ".emplace<" + empty + ">();"});
}

void define_branch(const Emission& emission, Writer& writer, const Branch& branch) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(branch.definition);
  const std::string path = class_path(names, branch.definition) + "::";
  const std::string value = names.free_name("value");
  const bool several = has_several_labels(branch.source);
  const std::string moved = emission.types.is_small(*branch.source.type)
                                ? value
                                : names.std_prefix() + "move(" + value + ")";
  const std::string made = names.free_name("made");
  const std::string parameters = setter_parameters(emission, branch, false);
  const std::string class_name =
      names.reference(branch.definition, {Names::enclosing_module(branch.definition)});
  const std::string label = names.free_name("label");
  writer.function(
      class_name + " " + path + own.branches.at(&branch.source).make + parameters,
      {names.of(branch.definition) + " " + made + ";",
       made + "." + names.of(branch.source) + "(" + moved + (several ? ", " + label : "") + ");",
       "return " + made + ";"});
  std::vector<std::string> body;
  const std::string index = std::to_string(branch.index);
  if (several) body.push_back(check_label(emission, branch.definition, index, quoted_path(branch)));
  body.push_back(own.label_member + " = " +
                 (several ? label : first_label(emission, branch, {&branch.definition})) + ";");
  body.push_back(own.value_member + ".emplace<" + index + ">(" + moved + ");");
  writer.function("void " + path + names.of(branch.source) + parameters, body);
}

std::string codecs(const Emission& emission, const Union& definition) {
  std::vector<std::string> list;
  for (const UnionCase* branch : definition.cases) {
    list.push_back(emission.types.codec(*branch->type, {.in_corbel = true}));
  }
  return "stub::Branches<\v" + join(list) + ">";
}

}  // namespace

void declare_union(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(definition);
  const std::string& name = names.of(definition);
  write_origin(writer, definition);
  writer.line("class " + declared_name(emission, definition) + " {");
  writer.label("public:");
  writer.indent();
  declare_nested_types(emission, writer, definition.definitions);
  writer.comment("Holds\f" + names.of(*definition.cases.front()) + ".");
  writer.line(name + "();");
  writer.blank();
  declare_discriminator(emission, writer, definition);
  for (const Branch& branch : branches_of(definition)) declare_branch(emission, writer, branch);
  declare_visit(emission, writer, definition);
  writer.blank();
  writer.line("bool operator==(const " + name + "&) const;");
  writer.outdent();
  writer.label("private:");
  writer.indent();
  const std::string type = label_type(emission, definition, {&definition});
  writer.line("friend struct " + names.corbel_prefix() + "Type<" + name + ">;");
  writer.line("static " + names.std_prefix() + "size_t " + own.branch_of + "(" + type + " " +
              names.free_name("label") + ") noexcept;");
  writer.blank();
  writer.line(type + " " + own.label_member + ";");
  writer.line(variant(emission, definition) + " " + own.value_member + ";");
  writer.outdent();
  writer.line("};");
}

void define_union(const Emission& emission, Writer& writer, const Union& definition) {
  const Names& names = emission.names;
  const UnionNames& own = names.in_union(definition);
  const std::string path = class_path(names, definition);
  const std::string& name = names.of(definition);
  const Branch first = branches_of(definition).front();
  const std::string other = names.free_name("other");
  writer.in_namespace(names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line(path + "::" + name + "()\f: " + own.label_member + "(" +
              first_label(emission, first, {&definition}) + "),\f" + own.value_member + "(" +
              names.std_prefix() + "in_place_index<0>) {}");
  define_branch_of(emission, writer, definition);
  define_discriminator(emission, writer, definition);
  for (const Branch& branch : branches_of(definition)) define_branch(emission, writer, branch);
  writer.function("bool " + path + "::operator==(const " + name + "& " + other + ") const",
                  {"return " + own.label_member + " == " + other + "." + own.label_member +
                   " &&\f" + own.value_member + " == " + other + "." + own.value_member + ";"});
}

void specialize_union(const Emission& emission, Writer& writer, const Union& definition) {
  specialize_aggregate(emission, writer, definition,
                       emission.types.smallest_size(*definition.discriminator));
}

void implement_union(const Emission& emission, Writer& writer, const Union& definition) {
  const UnionNames& own = emission.names.in_union(definition);
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  const std::string label = "value." + own.label_member;
  const std::string value = "value." + own.value_member;
  writer.blank();
  writer.line("// " + origin(definition));
  writer.function(
      "void Type<" + type + ">::encode(\vcdr::Encoder& encoder,\fconst " + type + "& value)",
      {"corbel::encode(encoder, " + label + ");",
       codecs(emission, definition) + "::encode(encoder,\f" + value + ");"});
  writer.function("void Type<" + type + ">::decode(\vcdr::Decoder& decoder,\f" + type + "& value)",
                  {"corbel::decode(decoder, " + label + ");",
                   codecs(emission, definition) + "::decode(decoder,\f" + type +
                       "::" + own.branch_of + "(" + label + "),\f" + value + ");"});
  implement_type_code(emission, writer, type, aggregate_type_code(emission, definition));
}

}  // namespace corbel::idl
