#include <orb/cdr/typecode_node.hpp>

namespace corbel {

namespace detail {

// The id knows the scope: "IDL:omg.org/bank/Point:1.0" and name "Point" -> "bank::Point".
std::string scoped_name(std::string_view id, std::string_view name) {
  std::string_view path = id;
  if (!path.starts_with("IDL:")) return std::string(name.empty() ? id : name);
  path.remove_prefix(4);
  path = path.substr(0, path.rfind(':'));
  // The prefix of a #pragma is a domain name; scopes are identifiers and have no dots.
  if (const auto slash = path.find('/');
      slash != path.npos && path.substr(0, slash).find('.') != path.npos) {
    path.remove_prefix(slash + 1);
  }
  std::string text;
  for (const char c : path) {
    if (c == '/')
      text.append("::");
    else
      text.push_back(c);
  }
  return text.empty() ? std::string(name) : text;
}

}  // namespace detail

namespace {

using detail::TypeCodeNode;
using enum TCKind;

std::string_view basic_name(TCKind kind) {
  switch (kind) {
    case tk_null:
      return "null";
    case tk_void:
      return "void";
    case tk_short:
      return "short";
    case tk_long:
      return "long";
    case tk_ushort:
      return "unsigned short";
    case tk_ulong:
      return "unsigned long";
    case tk_float:
      return "float";
    case tk_double:
      return "double";
    case tk_boolean:
      return "boolean";
    case tk_char:
      return "char";
    case tk_octet:
      return "octet";
    case tk_any:
      return "any";
    case tk_TypeCode:
      return "TypeCode";
    case tk_Principal:
      return "Principal";
    case tk_longlong:
      return "long long";
    case tk_ulonglong:
      return "unsigned long long";
    case tk_longdouble:
      return "long double";
    case tk_wchar:
      return "wchar";
    default:
      return "";
  }
}

std::string_view keyword(TCKind kind) {
  switch (kind) {
    case tk_objref:
      return "interface ";
    case tk_struct:
      return "struct ";
    case tk_union:
      return "union ";
    case tk_enum:
      return "enum ";
    case tk_alias:
      return "typedef ";
    case tk_except:
      return "exception ";
    case tk_value:
    case tk_value_box:
      return "valuetype ";
    case tk_native:
      return "native ";
    case tk_abstract_interface:
      return "abstract interface ";
    case tk_local_interface:
      return "local interface ";
    default:
      return "recursive ";
  }
}

std::string print(const TypeCodeNode& node, bool with_keyword);

// An array of arrays has the outer length first: long[2][3].
std::string print_array(const TypeCodeNode& node) {
  std::string lengths;
  const TypeCodeNode* at = &node;
  for (; at->kind == tk_array; at = at->content) lengths += "[" + std::to_string(at->length) + "]";
  return print(*at, false) + lengths;
}

// Named types are printed by name, so only sequences and arrays nest, and those never in a circle.
std::string print(const TypeCodeNode& node, bool with_keyword) {
  if (const auto basic = basic_name(node.kind); !basic.empty()) return std::string(basic);
  const std::string length = std::to_string(node.length);
  switch (node.kind) {
    case tk_string:
      return node.length == 0 ? "string" : "string<" + length + ">";
    case tk_wstring:
      return node.length == 0 ? "wstring" : "wstring<" + length + ">";
    case tk_sequence:
      return "sequence<" + print(*node.content, false) +
             (node.length == 0 ? ">" : ", " + length + ">");
    case tk_array:
      return print_array(node);
    case tk_fixed:
      return "fixed<" + std::to_string(node.digits) + ", " + std::to_string(node.scale) + ">";
    default:
      return (with_keyword ? std::string(keyword(node.kind)) : "") +
             detail::scoped_name(node.id, node.name);
  }
}

}  // namespace

std::string TypeCode::to_string() const { return print(*node_, true); }

}  // namespace corbel
