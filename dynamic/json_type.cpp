#include <dynamic/json_type.hpp>

#include <corbel/exceptions.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace corbel::json {
namespace {

using enum TCKind;

constexpr std::size_t kMostTypes = 100'000;
constexpr std::size_t kDeepestType = 64;

constexpr std::pair<std::string_view, TCKind> kBasics[] = {{"null", tk_null},
                                                           {"void", tk_void},
                                                           {"short", tk_short},
                                                           {"long", tk_long},
                                                           {"unsigned short", tk_ushort},
                                                           {"unsigned long", tk_ulong},
                                                           {"float", tk_float},
                                                           {"double", tk_double},
                                                           {"boolean", tk_boolean},
                                                           {"char", tk_char},
                                                           {"octet", tk_octet},
                                                           {"any", tk_any},
                                                           {"TypeCode", tk_TypeCode},
                                                           {"Principal", tk_Principal},
                                                           {"string", tk_string},
                                                           {"long long", tk_longlong},
                                                           {"unsigned long long", tk_ulonglong},
                                                           {"long double", tk_longdouble},
                                                           {"wchar", tk_wchar},
                                                           {"wstring", tk_wstring}};

constexpr std::string_view kModifiers[] = {"none", "custom", "abstract", "truncatable"};

class TypeWriter {
 public:
  explicit TypeWriter(Writer& writer) : out_(writer) {}

  void write(const TypeCode& type) {
    if (++written_ > kMostTypes) throw ImpLimit("a TypeCode of too many parts for JSON");
    if (around_.size() > kDeepestType) throw ImpLimit("a TypeCode that nests too deeply for JSON");
    for (const auto& [name, kind] : kBasics) {
      const bool bounded =
          (kind == tk_string || kind == tk_wstring) && type.kind() == kind && type.length() != 0;
      if (kind == type.kind() && !bounded) return out_.string(name);
    }
    const auto* node = type.node().get();
    out_.begin('{');
    if (std::find(around_.begin(), around_.end(), node) != around_.end()) {
      if (type.id().empty()) throw BadParam("a recursive TypeCode without a repository id");
      text("kind", "recursive");
      text("id", type.id());
    } else {
      around_.push_back(node);
      parts(type);
      around_.pop_back();
    }
    out_.end('}');
  }

 private:
  void text(std::string_view key, std::string_view value) {
    out_.key(key);
    out_.string(value);
  }
  void number(std::string_view key, std::int64_t value) {
    out_.key(key);
    out_.literal(std::to_string(value));
  }
  void nested(std::string_view key, const TypeCode& type) {
    out_.key(key);
    write(type);
  }
  void named(std::string_view kind, const TypeCode& type) {
    text("kind", kind);
    text("id", type.id());
    text("name", type.name());
  }
  void parts(const TypeCode& type);
  void members(const TypeCode& type);
  void union_(const TypeCode& type);

  Writer& out_;
  std::vector<const void*> around_;
  std::size_t written_ = 0;
};

void TypeWriter::parts(const TypeCode& type) {
  switch (type.kind()) {
    case tk_string:
    case tk_wstring:
      text("kind", type.kind() == tk_string ? "string" : "wstring");
      return number("bound", type.length());
    case tk_sequence:
      text("kind", "sequence");
      nested("element", type.content_type());
      if (type.length() != 0) number("bound", type.length());
      return;
    case tk_array:
      text("kind", "array");
      nested("element", type.content_type());
      return number("length", type.length());
    case tk_fixed:
      text("kind", "fixed");
      number("digits", type.fixed_digits());
      return number("scale", type.fixed_scale());
    case tk_alias:
      named("alias", type);
      return nested("type", type.content_type());
    case tk_value_box:
      named("value box", type);
      return nested("type", type.content_type());
    case tk_objref:
      return named("interface", type);
    case tk_abstract_interface:
      return named("abstract interface", type);
    case tk_struct:
      named("struct", type);
      return members(type);
    case tk_except:
      named("exception", type);
      return members(type);
    case tk_enum:
      named("enum", type);
      out_.key("labels");
      out_.begin('[');
      for (std::uint32_t i = 0; i < type.member_count(); ++i) {
        out_.element();
        out_.string(type.member_name(i));
      }
      return out_.end(']');
    case tk_union:
      return union_(type);
    case tk_value:
      named("valuetype", type);
      text("modifier", kModifiers[std::clamp<std::int16_t>(type.type_modifier(), 0, 3)]);
      if (type.concrete_base_type().kind() != tk_null) nested("base", type.concrete_base_type());
      return members(type);
    default:
      throw BadParam("there is no JSON for the type " + type.to_string());
  }
}

void TypeWriter::members(const TypeCode& type) {
  out_.key("members");
  out_.begin('[');
  for (std::uint32_t i = 0; i < type.member_count(); ++i) {
    out_.element();
    out_.begin('{');
    text("name", type.member_name(i));
    nested("type", type.member_type(i));
    if (type.kind() == tk_value) {
      out_.key("public");
      out_.literal(type.member_visibility(i) != 0 ? "true" : "false");
    }
    out_.end('}');
  }
  out_.end(']');
}

void TypeWriter::union_(const TypeCode& type) {
  named("union", type);
  nested("discriminator", type.discriminator_type());
  out_.key("members");
  out_.begin('[');
  for (std::uint32_t i = 0; i < type.member_count(); ++i) {
    out_.element();
    out_.begin('{');
    if (static_cast<std::int64_t>(i) == type.default_index()) {
      out_.key("default");
      out_.literal("true");
    } else {
      // All labels are numbers; beyond 2^53 only a string is exact everywhere.
      out_.key("label");
      const std::int64_t label = type.member_label(i);
      const bool exact = label <= (std::int64_t{1} << 53) && label >= -(std::int64_t{1} << 53);
      exact ? out_.literal(std::to_string(label)) : out_.string(std::to_string(label));
    }
    text("name", type.member_name(i));
    nested("type", type.member_type(i));
    out_.end('}');
  }
  out_.end(']');
}

class TypeReader {
 public:
  explicit TypeReader(Path& path) : path_(path) {}

  TypeCode read(const Value& value) {
    if (const auto* name = value.get_if<std::string>()) {
      for (const auto& [known, kind] : kBasics) {
        if (known == *name) return kind;
      }
      path_.refuse("no type \"" + *name + "\"");
    }
    const auto* object = value.get_if<Value::Object>();
    if (object == nullptr) path_.refuse("a type", value);
    try {
      return of_kind(*object, text(*object, "kind"));
    } catch (const BadParam& failure) {
      // What the TypeCode's own checks say needs the place.
      if (failure.message().starts_with("$")) throw;
      path_.refuse(std::string(failure.message()));
    }
  }

 private:
  const Value& part(const Value::Object& object, std::string_view key) {
    for (const auto& [name, value] : object) {
      if (name == key) return value;
    }
    path_.refuse("no member \"" + std::string(key) + "\"");
  }
  static bool has(const Value::Object& object, std::string_view key) {
    return std::any_of(object.begin(), object.end(),
                       [&](const auto& member) { return member.key == key; });
  }
  // The path names what is read while it is read, and when it is refused.
  template <class Read>
  auto at(std::string_view key, Read read) {
    path_.enter(key);
    auto made = read();
    path_.leave();
    return made;
  }
  std::string text(const Value::Object& object, std::string_view key) {
    const Value& value = part(object, key);
    return at(key, [&] {
      const auto* found = value.get_if<std::string>();
      if (found == nullptr) path_.refuse("string", value);
      return *found;
    });
  }
  template <class T>
  T number(const Value::Object& object, std::string_view key) {
    const Value& value = part(object, key);
    return at(key, [&] {
      const auto* digits = value.get_if<Value::Number>();
      const auto* quoted = value.get_if<std::string>();
      if (digits == nullptr && quoted == nullptr) path_.refuse("number", value);
      const std::string& number = digits != nullptr ? digits->text : *quoted;
      T result{};
      const auto [end, error] =
          std::from_chars(number.data(), number.data() + number.size(), result);
      if (error != std::errc() || end != number.data() + number.size())
        path_.refuse(number + " is no integer in range");
      return result;
    });
  }
  TypeCode nested(const Value::Object& object, std::string_view key) {
    const Value& value = part(object, key);
    return at(key, [&] { return read(value); });
  }
  template <class Read>
  void each(const Value::Object& object, std::string_view key, Read read) {
    const Value& value = part(object, key);
    path_.enter(key);
    const auto* array = value.get_if<Value::Array>();
    if (array == nullptr) path_.refuse("array", value);
    for (std::size_t i = 0; i < array->size(); ++i) {
      path_.enter(i);
      read((*array)[i]);
      path_.leave();
    }
    path_.leave();
  }
  const Value::Object& object_of(const Value& value) {
    const auto* object = value.get_if<Value::Object>();
    if (object == nullptr) path_.refuse("object", value);
    return *object;
  }

  TypeCode of_kind(const Value::Object& object, const std::string& kind);
  TypeCode named_kind(const Value::Object& object, const std::string& kind);
  TypeCode union_(const Value::Object& object);
  TypeCode value_(const Value::Object& object);
  std::vector<TypeCode::NamedType> members(const Value::Object& object);

  Path& path_;
};

TypeCode TypeReader::of_kind(const Value::Object& object, const std::string& kind) {
  if (kind == "string") return TypeCode::string(number<std::uint32_t>(object, "bound"));
  if (kind == "wstring") return TypeCode::wstring(number<std::uint32_t>(object, "bound"));
  if (kind == "sequence") {
    const std::uint32_t bound =
        has(object, "bound") ? number<std::uint32_t>(object, "bound") : std::uint32_t{0};
    return TypeCode::sequence(nested(object, "element"), bound);
  }
  if (kind == "array")
    return TypeCode::array(nested(object, "element"), number<std::uint32_t>(object, "length"));
  if (kind == "fixed") {
    return TypeCode::fixed(number<std::uint16_t>(object, "digits"),
                           number<std::int16_t>(object, "scale"));
  }
  if (kind == "recursive") return TypeCode::recursive(text(object, "id"));
  return named_kind(object, kind);
}

TypeCode TypeReader::named_kind(const Value::Object& object, const std::string& kind) {
  if (kind == "union") return union_(object);
  if (kind == "valuetype") return value_(object);
  const std::string id = text(object, "id");
  const std::string name = text(object, "name");
  if (kind == "alias") return TypeCode::alias(id, name, nested(object, "type"));
  if (kind == "value box") return TypeCode::value_box(id, name, nested(object, "type"));
  if (kind == "interface") return TypeCode::interface(id, name);
  if (kind == "abstract interface") return TypeCode::abstract_interface(id, name);
  if (kind == "struct") return TypeCode::structure(id, name, members(object));
  if (kind == "exception") return TypeCode::exception(id, name, members(object));
  if (kind != "enum") path_.refuse("no kind of type \"" + kind + "\"");
  std::vector<std::string> labels;
  each(object, "labels", [&](const Value& label) {
    const auto* found = label.get_if<std::string>();
    if (found == nullptr) path_.refuse("string", label);
    labels.push_back(*found);
  });
  return TypeCode::enumeration(id, name, std::move(labels));
}

std::vector<TypeCode::NamedType> TypeReader::members(const Value::Object& object) {
  std::vector<TypeCode::NamedType> made;
  each(object, "members", [&](const Value& value) {
    const auto& member = object_of(value);
    TypeCode::NamedType part{text(member, "name"), nested(member, "type"), 1};
    if (has(member, "public")) {
      const auto* is_public = this->part(member, "public").get_if<bool>();
      if (is_public == nullptr) path_.refuse("\"public\" is true or false");
      part.visibility = *is_public ? 1 : 0;
    }
    made.push_back(std::move(part));
  });
  return made;
}

TypeCode TypeReader::union_(const Value::Object& object) {
  std::vector<TypeCode::UnionMember> made;
  std::int32_t default_index = -1;
  each(object, "members", [&](const Value& value) {
    const auto& member = object_of(value);
    const bool is_default = has(member, "default");
    if (is_default) default_index = static_cast<std::int32_t>(made.size());
    const std::int64_t label = is_default ? 0 : number<std::int64_t>(member, "label");
    made.push_back({label, text(member, "name"), nested(member, "type")});
  });
  return TypeCode::union_(text(object, "id"), text(object, "name"), nested(object, "discriminator"),
                          default_index, std::move(made));
}

TypeCode TypeReader::value_(const Value::Object& object) {
  const std::string modifier = has(object, "modifier") ? text(object, "modifier") : "none";
  const auto found = std::find(std::begin(kModifiers), std::end(kModifiers), modifier);
  if (found == std::end(kModifiers)) path_.refuse("no modifier \"" + modifier + "\"");
  const TypeCode base = has(object, "base") ? nested(object, "base") : TypeCode();
  return TypeCode::value(text(object, "id"), text(object, "name"),
                         static_cast<std::int16_t>(found - std::begin(kModifiers)), base,
                         members(object));
}

}  // namespace

void write_type(const TypeCode& type, Writer& writer) { TypeWriter(writer).write(type); }

TypeCode read_type(const Value& value, Path& path) { return TypeReader(path).read(value); }

}  // namespace corbel::json
