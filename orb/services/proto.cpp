#include <corbel/proto.hpp>
#include <corbel/typecode.hpp>

#include <algorithm>

namespace corbel::proto {

std::string repository_id_of(std::string_view full_name) {
  std::string id = "IDL:";
  id += full_name;
  std::replace(id.begin() + 4, id.end(), '.', '/');
  return id + ":1.0";
}

TypeCode error_type_code(std::string_view full_name) {
  const std::string name(full_name.substr(full_name.rfind('.') + 1));
  return TypeCode::exception(repository_id_of(full_name), name,
                             {{"value", TypeCode::sequence(TCKind::tk_octet)}});
}

namespace {

bool starts_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char wanted, char c) {
           return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
         });
}

}  // namespace

Object object_of(Orb& orb, std::string_view uri) {
  if (uri.empty()) return Object();
  if (!starts_with(uri, "ior:") && !starts_with(uri, "corbaloc:iiop:") &&
      !starts_with(uri, "corbaloc::")) {
    throw BadParam("a reference in a message must be IOR: or corbaloc:iiop: text, not '" +
                   std::string(uri.substr(0, 40)) + "'; look names up before you send them");
  }
  return orb.object(uri);
}

}  // namespace corbel::proto
