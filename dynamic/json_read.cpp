#include <corbel/json.hpp>
#include <dynamic/json_names.hpp>
#include <dynamic/json_path.hpp>
#include <dynamic/json_type.hpp>

#include <locale.h>
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace corbel {
namespace {

using enum TCKind;
using json::Value;

/// Makes a value of a type from JSON.
class ValueReader {
 public:
  DynamicValue read(const TypeCode& type, const Value& value);

 private:
  DynamicValue scalar(const TypeCode& type, TCKind kind, const Value& value);
  template <class T>
  T number(const Value& value, const char* expected);
  DynamicValue character(TCKind kind, const Value& value);
  DynamicValue enumerator(const TypeCode& plain, const Value& value);
  DynamicValue any(const TypeCode& type, const Value& value);
  DynamicValue union_(const TypeCode& type, const TypeCode& plain, const Value& value);
  DynamicValue list(const TypeCode& type, const TypeCode& plain, const Value& value);
  DynamicValue octets(const TypeCode& type, const Value& value);
  DynamicValue structure(const TypeCode& type, const Value& value);
  DynamicValue valuetype(const TypeCode& type, const Value& value);
  void members(DynamicValue& made, const Value& value);
  void box(DynamicValue& made, const Value& value);

  const std::string& text(const Value& value, const char* expected) {
    const auto* found = value.get_if<std::string>();
    if (found == nullptr) path_.refuse(expected, value);
    return *found;
  }
  const Value::Object& object(const Value& value, const char* expected) {
    const auto* found = value.get_if<Value::Object>();
    if (found == nullptr) path_.refuse(expected, value);
    return *found;
  }
  // The one value of that name; null if there is none.
  const Value* find(const Value::Object& object, std::string_view name) {
    const Value* found = nullptr;
    for (const auto& [key, value] : object) {
      if (key != name) continue;
      if (found != nullptr) path_.refuse("\"" + key + "\" twice");
      found = &value;
    }
    return found;
  }
  void only(const Value::Object& object, std::initializer_list<std::string_view> names) {
    for (const auto& [key, value] : object) {
      if (std::find(names.begin(), names.end(), key) == names.end())
        path_.refuse("no member \"" + key + "\"");
    }
  }
  const Value& need(const Value::Object& object, std::string_view name) {
    const Value* found = find(object, name);
    if (found == nullptr) path_.refuse("member \"" + std::string(name) + "\" is missing");
    return *found;
  }
  // What does not fit says why, here its place is added.
  template <class Change>
  void change(Change what) {
    try {
      what();
    } catch (const SystemException& failure) {
      if (failure.message().starts_with("$")) throw;
      path_.refuse(std::string(failure.message()));
    }
  }

  json::Path path_;
  std::unordered_map<std::string, DynamicValue> values_;  // by where they stand
  std::unordered_set<std::string> open_;                  // those around what is read
};

// std::from_chars refuses what is too small for a normalised number, and does not round it.
template <class T>
T out_of_range_number(const std::string& text) {
  static const locale_t kPlain = newlocale(LC_ALL_MASK, "C", nullptr);
  if constexpr (std::is_same_v<T, float>) {
    return strtof_l(text.c_str(), nullptr, kPlain);
  } else if constexpr (std::is_same_v<T, double>) {
    return strtod_l(text.c_str(), nullptr, kPlain);
  } else {
    return strtold_l(text.c_str(), nullptr, kPlain);
  }
}

template <class T>
T ValueReader::number(const Value& value, const char* expected) {
  const auto* digits = value.get_if<Value::Number>();
  const auto* quoted = value.get_if<std::string>();
  if (digits == nullptr && quoted == nullptr) path_.refuse(expected, value);
  const std::string& text = digits != nullptr ? digits->text : *quoted;
  if constexpr (std::is_floating_point_v<T>) {
    if (quoted != nullptr && text == "NaN") return std::numeric_limits<T>::quiet_NaN();
    if (quoted != nullptr && text == "Infinity") return std::numeric_limits<T>::infinity();
    if (quoted != nullptr && text == "-Infinity") return -std::numeric_limits<T>::infinity();
    if (text.find_first_not_of("+-.0123456789eE") != text.npos) path_.refuse(expected, value);
  }
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_out_of_range = error == std::errc::result_out_of_range;
  if ((error != std::errc() && !is_out_of_range) || end != text.data() + text.size()) {
    if (digits == nullptr) path_.refuse(expected, value);
    path_.refuse("expected " + std::string(expected) + ", got " + text);
  }
  if constexpr (std::is_floating_point_v<T>) {
    if (is_out_of_range) number = out_of_range_number<T>(text);
    if (!std::isinf(number)) return number;
  } else if (!is_out_of_range) {
    return number;
  }
  path_.refuse(text + " is out of range");
}

// One character of ISO-8859-1 or UTF-16; as a number too.
DynamicValue ValueReader::character(TCKind kind, const Value& value) {
  const unsigned most = kind == tk_char ? 0xff : 0xffff;
  unsigned point = 0;
  if (value.get_if<Value::Number>() != nullptr) {
    point = number<std::uint16_t>(value, "character");
  } else {
    const std::string& utf8 = text(value, "string of one character");
    const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(utf8[at]); };
    const bool one = utf8.size() == 1 && octet(0) < 0x80;
    const bool two = utf8.size() == 2 && octet(0) >= 0xc0 && octet(0) < 0xe0;
    const bool three = utf8.size() == 3 && octet(0) >= 0xe0 && octet(0) < 0xf0;
    if (!one && !two && !three) path_.refuse("expected one character, got \"" + utf8 + "\"");
    point = one   ? octet(0)
            : two ? (octet(0) & 31u) << 6 | (octet(1) & 63u)
                  : (octet(0) & 15u) << 12 | (octet(1) & 63u) << 6 | (octet(2) & 63u);
  }
  if (point > most) path_.refuse("a character that is not in ISO-8859-1");
  return kind == tk_char ? DynamicValue(static_cast<char>(point))
                         : DynamicValue(static_cast<char16_t>(point));
}

DynamicValue ValueReader::enumerator(const TypeCode& plain, const Value& value) {
  DynamicValue made(plain);
  if (value.get_if<Value::Number>() != nullptr) {
    const auto ordinal = number<std::uint32_t>(value, "enumerator");
    change([&] { made.assign(ordinal); });
  } else {
    const auto& name = text(value, "string");
    const auto names = json::names_of(plain);
    if (std::find(names.begin(), names.end(), name) == names.end())
      path_.refuse("no enumerator \"" + name + "\" in " + plain.to_string());
    change([&] { made.assign(name); });
  }
  return made;
}

DynamicValue ValueReader::scalar(const TypeCode& type, TCKind kind, const Value& value) {
  switch (kind) {
    case tk_boolean:
      if (value.get_if<bool>() == nullptr) path_.refuse("boolean", value);
      return *value.get_if<bool>();
    case tk_octet:
      return number<std::uint8_t>(value, "number");
    case tk_short:
      return number<std::int16_t>(value, "number");
    case tk_ushort:
      return number<std::uint16_t>(value, "number");
    case tk_long:
      return number<std::int32_t>(value, "number");
    case tk_ulong:
      return number<std::uint32_t>(value, "number");
    case tk_longlong:
      return number<std::int64_t>(value, "number");
    case tk_ulonglong:
      return number<std::uint64_t>(value, "number");
    case tk_float:
      return number<float>(value, "number");
    case tk_double:
      return number<double>(value, "number");
    case tk_longdouble:
      return number<long double>(value, "number");
    case tk_fixed:
      return value.get_if<Value::Number>() != nullptr ? value.get_if<Value::Number>()->text
                                                      : text(value, "decimal number");
    case tk_TypeCode:
      return DynamicValue::of(json::read_type(value, path_));
    case tk_objref:
    case tk_abstract_interface:
      return value.is_null() ? DynamicValue() : DynamicValue(text(value, "string or null"));
    case tk_string:
    case tk_wstring:
      return text(value, "string");
    default:  // null, void
      if (!value.is_null()) path_.refuse("null", value);
      return DynamicValue(type);
  }
}

DynamicValue ValueReader::read(const TypeCode& type, const Value& value) {
  const TypeCode plain = type.unaliased();
  switch (plain.kind()) {
    case tk_any:
      return any(type, value);
    case tk_union:
      return union_(type, plain, value);
    case tk_sequence:
    case tk_array:
      return plain.content_type().unaliased().kind() == tk_octet ? octets(type, value)
                                                                 : list(type, plain, value);
    case tk_Principal:
      return octets(type, value);
    case tk_struct:
    case tk_except:
      return structure(type, value);
    case tk_value:
    case tk_value_box:
      return valuetype(type, value);
    default:
      break;
  }
  DynamicValue made(type);
  DynamicValue given;
  change([&] {
    if (plain.kind() == tk_char || plain.kind() == tk_wchar) {
      given = character(plain.kind(), value);
    } else if (plain.kind() == tk_enum) {
      given = enumerator(plain, value);
    } else {
      given = scalar(type, plain.kind(), value);
    }
    made.assign(given);
  });
  return made;
}

DynamicValue ValueReader::any(const TypeCode& type, const Value& value) {
  DynamicValue made(type);
  if (value.is_null()) return made;
  const auto& parts = object(value, "object with type and value");
  only(parts, {"type", "value"});
  const Value& type_text = need(parts, "type");
  const Value& inner = need(parts, "value");
  path_.enter("type");
  const TypeCode held = json::read_type(type_text, path_);
  path_.leave();
  path_.enter("value");
  made.set_content(read(held, inner));
  path_.leave();
  return made;
}

DynamicValue ValueReader::union_(const TypeCode& type, const TypeCode& plain, const Value& value) {
  const auto& parts = object(value, "object");
  DynamicValue made(type);
  const Value* label = find(parts, "discriminator");
  if (label == nullptr && parts.size() == 1) {
    // {"branch": value}
    const std::string_view branch = parts.front().key;
    for (std::uint32_t i = 0; i < plain.member_count(); ++i) {
      if (plain.member_name(i) != branch) continue;
      path_.enter(branch);
      const DynamicValue content = read(plain.member_type(i), parts.front().value);
      change([&] { made.set(branch, content); });
      path_.leave();
      return made;
    }
  }
  only(parts, {"discriminator", "value"});
  const Value& discriminator = need(parts, "discriminator");
  path_.enter("discriminator");
  const DynamicValue read_label = read(plain.discriminator_type(), discriminator);
  change([&] { made.set_discriminator(read_label); });
  path_.leave();
  const Value* content = find(parts, "value");
  if (made.size() == 0) {
    if (content != nullptr) path_.refuse("\"value\" where the discriminator selects no branch");
    return made;
  }
  path_.enter("value");
  if (content == nullptr) path_.refuse("is missing");
  const DynamicValue branch = read(made[0].type(), *content);
  change([&] { made.set(std::size_t{0}, branch); });
  path_.leave();
  return made;
}

DynamicValue ValueReader::octets(const TypeCode& type, const Value& value) {
  std::vector<std::uint8_t> all;
  if (const auto* numbers = value.get_if<Value::Array>()) {
    for (std::size_t i = 0; i < numbers->size(); ++i) {
      path_.enter(i);
      all.push_back(number<std::uint8_t>((*numbers)[i], "number"));
      path_.leave();
    }
  } else if (!json::from_base64(text(value, "string in base64"), all)) {
    path_.refuse("expected base64");
  }
  DynamicValue made(type);
  change([&] { made.assign(all); });
  return made;
}

DynamicValue ValueReader::list(const TypeCode& type, const TypeCode& plain, const Value& value) {
  const auto* array = value.get_if<Value::Array>();
  if (array == nullptr) path_.refuse("array", value);
  if (plain.kind() == tk_array && array->size() != plain.length()) {
    path_.refuse("expected " + std::to_string(plain.length()) + " elements, got " +
                 std::to_string(array->size()));
  }
  DynamicValue made(type);
  if (plain.kind() == tk_sequence) change([&] { made.resize(array->size()); });
  const TypeCode element = plain.content_type();
  for (std::size_t i = 0; i < array->size(); ++i) {
    path_.enter(i);
    const DynamicValue part = read(element, (*array)[i]);
    change([&] { made.set(i, part); });
    path_.leave();
  }
  return made;
}

DynamicValue ValueReader::structure(const TypeCode& type, const Value& value) {
  DynamicValue made(type);
  members(made, value);
  return made;
}

void ValueReader::members(DynamicValue& made, const Value& value) {
  const auto names = json::names_of(made);
  const bool named = json::names_are_unique(names);
  if (named && value.get_if<Value::Object>() == nullptr) path_.refuse("object", value);
  const auto* object = value.get_if<Value::Object>();
  const auto* array = value.get_if<Value::Array>();
  if (!named && (array == nullptr || array->size() != names.size()))
    path_.refuse("expected an array of " + std::to_string(names.size()));
  std::unordered_map<std::string_view, const Value*> given;
  if (named) {
    for (const auto& [key, part] : *object) {
      if (!given.emplace(key, &part).second) path_.refuse("\"" + key + "\" twice");
    }
    for (const auto name : names) {
      if (!given.contains(name)) path_.refuse("member \"" + std::string(name) + "\" is missing");
    }
    if (given.size() != names.size()) {
      for (const auto& [key, part] : *object) {
        if (std::find(names.begin(), names.end(), key) == names.end())
          path_.refuse("no member \"" + key + "\" in " + made.type().to_string());
      }
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    named ? path_.enter(names[i]) : path_.enter(i);
    const DynamicValue part = read(made[i].type(), named ? *given[names[i]] : (*array)[i]);
    change([&] { made.set(i, part); });
    path_.leave();
  }
}

DynamicValue ValueReader::valuetype(const TypeCode& type, const Value& value) {
  if (value.is_null()) return DynamicValue(type);
  if (const auto* parts = value.get_if<Value::Object>();
      parts != nullptr && parts->size() == 1 && parts->front().key == "$ref") {
    path_.enter("$ref");
    const auto& where = text(parts->front().value, "string");
    const auto found = values_.find(where);
    if (found == values_.end())
      path_.refuse("no valuetype stands at \"" + where + "\" before this");
    const bool is_around = open_.contains(where);
    DynamicValue made(type);
    change([&] { made.assign(is_around ? found->second.back_reference() : found->second); });
    path_.leave();
    return made;
  }
  DynamicValue made;
  change([&] { made = DynamicValue::new_value(type); });
  // Before its members, which may refer back to it.
  const std::string here = path_.to_string();
  values_.insert_or_assign(here, made);
  open_.insert(here);
  if (made.kind() == tk_value) {
    members(made, value);
  } else {
    box(made, value);
  }
  open_.erase(here);
  return made;
}

void ValueReader::box(DynamicValue& made, const Value& value) {
  const auto& parts = object(value, "object with value");
  only(parts, {"value"});
  const Value& held = need(parts, "value");
  path_.enter("value");
  const DynamicValue content = read(made.content().type(), held);
  change([&] { made.set_content(content); });
  path_.leave();
}

}  // namespace

DynamicValue from_json(const TypeCode& type, std::string_view text) {
  const Value value = json::parse(text);
  return ValueReader().read(type, value);
}

TypeCode type_code_from_json(std::string_view text) {
  json::Path path;
  return json::read_type(json::parse(text), path);
}

}  // namespace corbel
