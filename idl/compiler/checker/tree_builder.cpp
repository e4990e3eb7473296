#include "idl/compiler/checker/tree_builder.hpp"

#include "idl/compiler/checker/checker.hpp"
#include "idl/compiler/checker/documentation.hpp"

namespace corbel::idl {
namespace {

// What is beyond it is no documentation that anybody reads.
constexpr std::size_t kMostDocumentation = 64'000'000;

bool has_repository_id(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::kForward:
    case DeclarationKind::kEnumerator:
    case DeclarationKind::kMember:
    case DeclarationKind::kUnionCase:
    case DeclarationKind::kStateMember:
    case DeclarationKind::kParameter:
      return false;
    default:
      return true;
  }
}

}  // namespace

TreeBuilder::TreeBuilder(CheckedFile& file, Reporter& reporter)
    : file_(file), reporter_(reporter), names_(reporter), constants_(names_, reporter) {
  names_.global().definitions = &file_.definitions;
}

void TreeBuilder::place(Declaration& declaration, const syntax::Name& name) {
  declaration.name = name.text;
  declaration.annotations = annotations_;
  declaration.location = name.location;
  declaration.parent = names_.current().declaration;
  if (has_repository_id(declaration.kind)) declaration.repository_id = ids_.id_of(declaration);
  if (definition_begin_.file == nullptr || documentation_octets_ > kMostDocumentation) return;
  const SourceText* text = reporter_.sources().find(definition_begin_.file);
  if (text != nullptr) {
    declaration.documentation = documentation_of(*text, definition_begin_.line, name.location);
    documentation_octets_ += declaration.documentation.size();
  }
}

void TreeBuilder::list(Declaration& declaration) {
  if (names_.current().definitions != nullptr) {
    names_.current().definitions->push_back(&declaration);
  }
}

void TreeBuilder::note_forward(const Declaration& target, const syntax::Name& name) {
  auto* forward = make_declaration<Forward>(name);
  forward->target = &target;
  announced_.push_back(forward);
  list(*forward);
}

bool TreeBuilder::same_prefix(const Entry& announced, const syntax::Name& name) {
  const std::string id = ids_.id_of(*announced.declaration);
  const std::string& other = announced.declaration->repository_id;
  if (announced.has_explicit_id || id == other) return true;
  reporter_.error(name.location, "'" + name.text + "' has the repository id " + id +
                                     " here, but was declared before with " + other +
                                     ": expected the same #pragma prefix");
  reporter_.note(announced.declaration->location, "'" + name.text + "' is declared here");
  return false;
}

void TreeBuilder::build(const syntax::Definitions& definitions) {
  for (const syntax::DefinitionPtr& node : definitions) {
    if (reporter_.diagnostics().is_full()) return;
    definition(*node);
  }
}

void TreeBuilder::finish() {
  std::unordered_set<const Declaration*> reported;
  for (const Forward* forward : announced_) {
    const Declaration* target = forward->target;
    const auto* interface = as<Interface>(target);
    const auto* value = as<ValueType>(target);
    if (!is_defined(*target) && reported.insert(target).second) {
      reporter_.error(forward->location, std::string(kind_name(target->kind)) + " '" +
                                             forward->name +
                                             "' is announced here, but never defined");
    }
    const bool is_far = (interface != nullptr && !interface->is_defined) ||
                        (value != nullptr && !value->is_defined);
    if (is_far && forward->location.file->is_main && reported.insert(target).second) {
      reporter_.warning(forward->location, std::string(kind_name(target->kind)) + " '" +
                                               forward->name +
                                               "' is announced here, but never defined");
    }
  }
}

void check(const ParsedFile& parsed, MissingNames missing, CheckedFile& file, Reporter& reporter) {
  TreeBuilder builder(file, reporter);
  builder.forgive(parsed.lost_names, missing == MissingNames::kAreForgiven);
  builder.build(parsed.definitions);
  if (!reporter.diagnostics().is_full()) builder.finish();
}

}  // namespace corbel::idl
