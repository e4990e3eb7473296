#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <variant>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

// Hostile files would repeat long annotations for very many names.
constexpr std::size_t kMostAnnotationOctets = 16'000'000;

std::size_t octets_of(const ConstValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->size();
  if (const auto* text = std::get_if<std::u16string>(&value)) return 2 * text->size();
  return 0;
}

/// True if a constant can have this type.
bool has_constants(const Type& type) {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* simple = as<PrimitiveType>(resolved)) {
    return simple->primitive != Primitive::kAny && simple->primitive != Primitive::kObject &&
           simple->primitive != Primitive::kTypeCode && simple->primitive != Primitive::kValueBase;
  }
  const auto* named = as<NamedType>(resolved);
  return as<StringType>(resolved) != nullptr || as<FixedType>(resolved) != nullptr ||
         (named != nullptr && as<Enum>(named->declaration) != nullptr);
}

/// "geo::Circle, geo::Square" as its parts; commas inside <> and () separate nothing.
std::vector<std::string> split_types(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '<' || c == '(') ++depth;
    if (c == '>' || c == ')') --depth;
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else if (c != ' ' || !parts.back().empty()) {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part.erase(part.find_last_not_of(' ') + 1);
  std::erase(parts, std::string());
  return parts;
}

/// True if generated code can hold the text where it names a header or a C++ type.
bool is_code(const std::string& text) {
  constexpr std::string_view kAllowed = "_:<>,*& ()./-+";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](const char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           kAllowed.find(c) != std::string_view::npos;
  });
}

}  // namespace

void TreeBuilder::begin_part(const Location& begin,
                             const std::vector<syntax::Annotation>& annotations_here) {
  definition_begin_ = begin;
  annotations_ = annotations(annotations_here);
}

std::vector<Annotation> TreeBuilder::annotations(const std::vector<syntax::Annotation>& nodes) {
  std::vector<Annotation> made;
  for (const syntax::Annotation& node : nodes) {
    if (annotation_octets_ > kMostAnnotationOctets) break;
    Annotation& annotation = made.emplace_back();
    annotation.name = to_string(node.name);
    for (const auto& [name, expression] : node.arguments) {
      annotation.parameters.emplace_back(name, constants_.evaluate_untyped(*expression));
    }
    count_octets(annotation, node.name.location());
  }
  return made;
}

void TreeBuilder::count_octets(const Annotation& annotation, const Location& where) {
  annotation_octets_ += sizeof annotation + annotation.name.size();
  for (const auto& [name, value] : annotation.parameters) {
    annotation_octets_ += sizeof value + name.size() + octets_of(value);
  }
  if (annotation_octets_ <= kMostAnnotationOctets) return;
  reporter_.error(where, "the annotations up to here take more than 16 MB");
}

void TreeBuilder::check_default(const std::vector<syntax::Annotation>& nodes, Declaration& member,
                                const Type& type) {
  for (std::size_t i = 0; i < member.annotations.size(); ++i) {
    const syntax::Annotation& node = nodes[i];
    if (to_string(node.name) != "default") continue;
    if (node.arguments.size() != 1 || node.arguments.front().first != "value") {
      reporter_.error(node.name.location(), "expected one value, as in @default(1)");
    } else if (has_constants(type)) {
      auto value = constants_.evaluate(*node.arguments.front().second, type);
      if (value) member.annotations[i].parameters.front().second = std::move(*value);
    }
  }
}

void TreeBuilder::read_by_value(Native& native, const Location& where) {
  for (const Annotation& annotation : native.annotations) {
    if (annotation.name != "by_value") continue;
    ByValue& by_value = native.by_value.emplace();
    bool is_right = true;
    for (const auto& [name, value] : annotation.parameters) {
      const auto* text = std::get_if<std::string>(&value);
      if (text == nullptr || !is_code(*text)) {
        is_right = false;
      } else if (name == "header") {
        by_value.header = *text;
      } else if (name == "type") {
        by_value.type = *text;
      } else if (name == "derived") {
        by_value.derived = split_types(*text);
      } else {
        is_right = false;
      }
    }
    if (is_right && !by_value.header.empty() && !by_value.type.empty()) continue;
    reporter_.error(where,
                    "expected strings that name a header, a C++ type and perhaps classes derived "
                    "from it, as in @by_value(header = \"shapes.hpp\", type = \"geo::Shape\", "
                    "derived = \"geo::Circle, geo::Square\")");
  }
}

}  // namespace corbel::idl
