#include <dynamic/bound_operation.hpp>
#include <dynamic/type_builder.hpp>
#include <idl/compiler/compile.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace corbel::dynamic {

namespace detail {

struct DescriptionData {
  std::vector<Interface> interfaces;
  std::vector<std::pair<std::string, TypeCode>> types;
  std::map<std::string, std::size_t, std::less<>> interface_index;  // by name and by id
  std::map<std::string, std::size_t, std::less<>> type_index;
  std::vector<Diagnostic> warnings;
};

}  // namespace detail

namespace {

using detail::DescriptionData;
using detail::InterfaceData;

Diagnostic diagnostic_of(const idl::Diagnostic& found) {
  using Severity = Diagnostic::Severity;
  return {found.severity == idl::Severity::kError     ? Severity::error
          : found.severity == idl::Severity::kWarning ? Severity::warning
                                                      : Severity::note,
          found.file,
          found.line,
          found.column,
          found.message,
          found.source_line};
}

/// Walks the checked tree once, in source order.
class Collector {
 public:
  explicit Collector(DescriptionData& data) : data_(data) {}

  void collect(const std::vector<idl::Declaration*>& definitions) {
    for (const idl::Declaration* definition : definitions) collect(*definition);
  }

 private:
  void collect(const idl::Declaration& declaration);
  void add_type(const idl::Declaration& declaration);
  const Interface* add_interface(const idl::Interface& definition);
  void add_operation(InterfaceData& data, const std::string& scope, const std::string& name,
                     const std::function<Operation()>& describe);
  void add_attribute(InterfaceData& data, const std::string& scope,
                     const idl::Attribute& attribute);
  std::vector<TypeCode> types_of(const std::vector<const idl::Declaration*>& exceptions) {
    std::vector<TypeCode> types;
    for (const auto* exception : exceptions) types.push_back(builder_.of(*exception));
    return types;
  }

  DescriptionData& data_;
  TypeBuilder builder_;
};

void Collector::collect(const idl::Declaration& declaration) {
  using idl::as;
  if (const auto* module = as<idl::Module>(&declaration)) return collect(module->definitions);
  add_type(declaration);
  if (const auto* structure = as<idl::Struct>(&declaration)) collect(structure->definitions);
  if (const auto* exception = as<idl::Exception>(&declaration)) collect(exception->definitions);
  if (const auto* definition = as<idl::Union>(&declaration)) collect(definition->definitions);
  if (const auto* value = as<idl::ValueType>(&declaration)) collect(value->definitions);
  if (const auto* interface = as<idl::Interface>(&declaration)) {
    collect(interface->definitions);
    if (interface->is_defined) add_interface(*interface);
  }
}

void Collector::add_type(const idl::Declaration& declaration) {
  using Kind = idl::DeclarationKind;
  switch (declaration.kind) {
    case Kind::kInterface:
    case Kind::kTypedef:
    case Kind::kStruct:
    case Kind::kUnion:
    case Kind::kEnum:
    case Kind::kException:
    case Kind::kValueType:
    case Kind::kValueBox:
    case Kind::kBitmask:
    case Kind::kBitset:
      break;
    default:
      return;
  }
  try {
    TypeCode type = builder_.of(declaration);
    const std::string name = idl::scoped_name(declaration);
    data_.type_index.emplace(name, data_.types.size());
    data_.type_index.emplace(declaration.repository_id, data_.types.size());
    data_.types.emplace_back(name, std::move(type));
  } catch (const NotDescribable&) {
    // Whatever uses it says why it cannot be used.
  }
}

void Collector::add_operation(InterfaceData& data, const std::string& scope,
                              const std::string& name, const std::function<Operation()>& describe) {
  try {
    data.operations.emplace(name,
                            std::make_shared<const detail::BoundOperation>(describe(), scope));
  } catch (const NotDescribable& reason) {
    data.refused.emplace(name, reason.what());
  }
}

void Collector::add_attribute(InterfaceData& data, const std::string& scope,
                              const idl::Attribute& attribute) {
  const std::string get = "_get_" + attribute.name;
  add_operation(data, scope, get, [&] {
    return Operation{get, builder_.of(*attribute.type), {}, types_of(attribute.get_raises)};
  });
  if (attribute.readonly) return;
  const std::string set = "_set_" + attribute.name;
  add_operation(data, scope, set, [&] {
    return Operation{set,
                     TCKind::tk_void,
                     {{"value", builder_.of(*attribute.type)}},
                     types_of(attribute.set_raises)};
  });
}

const Interface* Collector::add_interface(const idl::Interface& definition) {
  if (const auto known = data_.interface_index.find(definition.repository_id);
      known != data_.interface_index.end()) {
    return &data_.interfaces[known->second];
  }
  std::vector<Interface> bases;
  for (const auto* base : definition.bases) bases.push_back(*add_interface(*base));
  // Shares what bases give; operations are added with the reasons of those that cannot be.
  const Interface inherited(definition.repository_id, std::move(bases), {});
  const auto data = std::const_pointer_cast<InterfaceData>(inherited.data());
  const std::string scope = idl::scoped_name(definition);
  for (const auto* operation : idl::own<idl::Operation>(definition)) {
    add_operation(*data, scope, operation->name, [&] {
      Operation described{operation->name, builder_.of(*operation->result)};
      for (const auto* parameter : operation->parameters) {
        const auto direction = parameter->direction == idl::Direction::kIn    ? Direction::in
                               : parameter->direction == idl::Direction::kOut ? Direction::out
                                                                              : Direction::inout;
        described.parameters.push_back({parameter->name, builder_.of(*parameter->type), direction});
      }
      described.raises = types_of(operation->raises);
      described.oneway = operation->oneway;
      return described;
    });
  }
  for (const auto* attribute : idl::own<idl::Attribute>(definition))
    add_attribute(*data, scope, *attribute);
  data_.interface_index.emplace(definition.repository_id, data_.interfaces.size());
  data_.interface_index.emplace(scope, data_.interfaces.size());
  data_.interfaces.push_back(inherited);
  return &data_.interfaces.back();
}

idl::Options options_of(const IdlOptions& options) {
  idl::Options made;
  for (const auto& folder : options.include_directories)
    made.include_directories.push_back(folder.string());
  for (const auto& [name, value] : options.macros) made.macros.push_back({name, value});
  made.library_directory = options.library_directory.string();
  std::error_code failure;
  if (made.library_directory.empty() && idl::standard_library().empty() &&
      std::filesystem::exists(CORBEL_INSTALLED_IDL_LIBRARY, failure)) {
    made.library_directory = CORBEL_INSTALLED_IDL_LIBRARY;
  }
  return made;
}

template <class Compile>
std::shared_ptr<const DescriptionData> describe(Compile compile) {
  idl::Diagnostics found;
  const auto checked = compile(found);
  std::vector<Diagnostic> diagnostics;
  for (const auto& one : found.all()) diagnostics.push_back(diagnostic_of(one));
  if (!checked) throw InvalidIdl(std::move(diagnostics));
  auto data = std::make_shared<DescriptionData>();
  Collector(*data).collect(checked->definitions);
  data->warnings = std::move(diagnostics);
  return data;
}

std::string summary(const std::vector<Diagnostic>& diagnostics) {
  std::size_t errors = 0;
  std::string first;
  for (const auto& one : diagnostics) {
    if (one.severity != Diagnostic::Severity::error) continue;
    if (++errors == 1) first = one.to_string();
  }
  return first + (errors > 1 ? " (and " + std::to_string(errors - 1) + " more)" : "");
}

template <class Names>
std::string list(const Names& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

}  // namespace

std::string Diagnostic::to_string() const {
  std::string text = file;
  if (line != 0) text += ":" + std::to_string(line) + ":" + std::to_string(column);
  text += severity == Severity::error     ? ": error: "
          : severity == Severity::warning ? ": warning: "
                                          : ": note: ";
  return text + message;
}

InvalidIdl::InvalidIdl(std::vector<Diagnostic> diagnostics)
    : BadParam(summary(diagnostics)), diagnostics_(std::move(diagnostics)) {}

Description Description::parse(std::string_view idl, const IdlOptions& options,
                               const std::string& name) {
  const auto made = options_of(options);
  return Description(
      describe([&](idl::Diagnostics& found) { return idl::compile_text(made, name, idl, found); }));
}

Description Description::parse_file(const std::filesystem::path& file, const IdlOptions& options) {
  const auto made = options_of(options);
  return Description(
      describe([&](idl::Diagnostics& found) { return idl::compile(made, file.string(), found); }));
}

const Interface* Description::find_interface(std::string_view name_or_id) const noexcept {
  const auto found = data_->interface_index.find(name_or_id);
  return found == data_->interface_index.end() ? nullptr : &data_->interfaces[found->second];
}

const TypeCode* Description::find_type(std::string_view name_or_id) const noexcept {
  const auto found = data_->type_index.find(name_or_id);
  return found == data_->type_index.end() ? nullptr : &data_->types[found->second].second;
}

const Interface& Description::interface(std::string_view name_or_id) const {
  if (const auto* found = find_interface(name_or_id)) return *found;
  std::vector<std::string> names;
  for (const auto& known : data_->interfaces) names.push_back(known.name());
  throw BadParam("no interface " + std::string(name_or_id) + "; there are: " + list(names));
}

const TypeCode& Description::type(std::string_view name_or_id) const {
  if (const auto* found = find_type(name_or_id)) return *found;
  std::vector<std::string> names;
  for (const auto& [name, type] : data_->types) names.push_back(name);
  throw BadParam("no type " + std::string(name_or_id) + "; there are: " + list(names));
}

const std::vector<Interface>& Description::interfaces() const noexcept { return data_->interfaces; }
const std::vector<std::pair<std::string, TypeCode>>& Description::types() const noexcept {
  return data_->types;
}
const std::vector<Diagnostic>& Description::warnings() const noexcept { return data_->warnings; }

}  // namespace corbel::dynamic
