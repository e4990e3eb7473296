#include <dynamic/bound_operation.hpp>

#include <corbel/dynamic_value.hpp>

#include <algorithm>
#include <set>

namespace corbel::dynamic {
namespace detail {
namespace {

// An exception's members, without the repository id before them.
void encode_members(cdr::Encoder& encoder, const UserException& exception) {
  const Any& value = static_cast<const UserFailure&>(exception).value();
  const TypeCode type = value.type().unaliased();
  std::vector<TypeCode::NamedType> members;
  for (std::uint32_t i = 0; i < type.member_count(); ++i)
    members.push_back({type.member_name(i), type.member_type(i)});
  cdr::Decoder decoder = value.decoder();
  const Any plain =
      Any::decode_value(TypeCode::structure({}, type.name(), std::move(members)), decoder);
  decoder.throw_if_failed("sending an exception", static_cast<std::uint32_t>(Completion::maybe));
  plain.encode_value(encoder);
}

void raise_failure(const stub::ExceptionType& self, cdr::Decoder& decoder) {
  const auto& type = static_cast<const DynamicExceptionType&>(self);
  const Any members = Any::decode_value(type.type, decoder);
  decoder.throw_if_failed(type.scoped_name, static_cast<std::uint32_t>(Completion::maybe));
  Any exception;
  const auto octets = members.octets();
  exception.assign(type.type, {octets.begin(), octets.end()});  // adds the repository id
  if (decoder.orb() != nullptr) exception.set_orb(*decoder.orb());
  throw UserFailure(std::move(exception));
}

TypeCode type_code_of(const stub::ExceptionType& self) {
  return static_cast<const DynamicExceptionType&>(self).type;
}

std::string check(const Operation& operation) {
  if (operation.name.empty()) return "an operation without a name";
  for (const auto& type : operation.raises) {
    if (type.unaliased().kind() != TCKind::tk_except)
      return "what it raises, " + type.to_string() + ", is no exception";
  }
  if (!operation.oneway) return {};
  const bool returns = operation.result.kind() != TCKind::tk_void || !operation.raises.empty() ||
                       std::any_of(operation.parameters.begin(), operation.parameters.end(),
                                   [](const Parameter& p) { return p.direction != Direction::in; });
  return returns ? "a one-way operation that returns something" : "";
}

bool derives_from(const TypeCode& actual, const TypeCode& declared) {
  for (TypeCode at = actual; at.kind() == TCKind::tk_value; at = at.concrete_base_type()) {
    if (at.id() == declared.id()) return true;
  }
  return false;
}

// Whether valuetypes may stand in a value of this type.
bool may_hold_values(const TypeCode& type, std::set<std::string>& seen) {
  switch (type.kind()) {
    case TCKind::tk_value:
    case TCKind::tk_value_box:
    case TCKind::tk_abstract_interface:
    case TCKind::tk_any:
      return true;
    case TCKind::tk_alias:
    case TCKind::tk_sequence:
    case TCKind::tk_array:
      return may_hold_values(type.content_type(), seen);
    case TCKind::tk_struct:
    case TCKind::tk_union:
    case TCKind::tk_except:
      break;
    default:
      return false;
  }
  if (!seen.insert(type.id()).second) return false;
  for (std::uint32_t i = 0; i < type.member_count(); ++i) {
    if (may_hold_values(type.member_type(i), seen)) {
      seen.erase(type.id());
      return true;
    }
  }
  return false;
}

std::string list_of(const std::vector<Parameter>& parameters) {
  std::string text;
  for (const auto& parameter : parameters) {
    if (parameter.direction == Direction::out) continue;
    text += (text.empty() ? "" : ", ") + parameter.name;
  }
  return text;
}

}  // namespace

DynamicExceptionType::DynamicExceptionType(const TypeCode& its_type)
    : type(its_type.unaliased()), scoped_name(name_of(type.id())) {
  if (scoped_name.empty()) scoped_name = type.name();
  stub::ExceptionType::operator=(
      {type.id(), scoped_name.c_str(), &encode_members, &raise_failure, &type_code_of});
}

BoundOperation::BoundOperation(Operation described, const std::string& scope)
    : operation(std::move(described)),
      scoped_name(scope.empty() ? operation.name : scope + "::" + operation.name) {
  if (const auto problem = check(operation); !problem.empty())
    throw BadParam(scoped_name + ": " + problem);
  for (const auto& type : operation.raises) raises.push_back(&exceptions.emplace_back(type));
  wire = {operation.name, operation.oneway, raises, scoped_name};
}

std::string name_of(std::string_view repository_id) {
  // A TypeCode knows how ids are read.
  const std::string text = TypeCode::interface(std::string(repository_id), "").to_string();
  return text.substr(text.find(' ') + 1);
}

std::shared_ptr<const BoundOperation> find_operation(const Interface& interface,
                                                     std::string_view name) {
  const auto& data = *interface.data();
  if (const auto found = data.operations.find(name); found != data.operations.end())
    return found->second;
  if (const auto found = data.refused.find(name); found != data.refused.end()) {
    throw BadOperation(interface.name() + "::" + std::string(name) +
                       " cannot be called dynamically: " + found->second);
  }
  std::string known;
  for (const auto& [other, bound] : data.operations) known += (known.empty() ? "" : ", ") + other;
  throw BadOperation("no operation " + std::string(name) + " in " + interface.name() +
                     (known.empty() ? "" : "; it has " + known));
}

Any fitting(const Any& value, const TypeCode& type, const std::string& what) {
  const TypeCode actual = value.type().unaliased();
  const TypeCode declared = type.unaliased();
  if (actual.equal(declared)) return value;
  // Its own code reads what a derived value adds.
  if (declared.kind() == TCKind::tk_value && derives_from(actual, declared)) return value;
  try {
    DynamicValue converted(type);
    converted.assign(DynamicValue(value));
    return converted.to_any();
  } catch (const SystemException& failure) {
    throw BadParam(what + ": " + std::string(failure.message()));
  }
}

std::vector<Any> fitting_arguments(const BoundOperation& bound, const std::vector<Any>& arguments) {
  const auto& parameters = bound.operation.parameters;
  const auto wanted = static_cast<std::size_t>(
      std::count_if(parameters.begin(), parameters.end(),
                    [](const Parameter& p) { return p.direction != Direction::out; }));
  if (arguments.size() != wanted) {
    throw BadParam(bound.scoped_name + " takes " + std::to_string(wanted) +
                   (wanted == 1 ? " argument" : " arguments") +
                   (wanted == 0 ? "" : " (" + list_of(parameters) + ")") + ", got " +
                   std::to_string(arguments.size()));
  }
  std::vector<Any> values;
  for (const auto& parameter : parameters) {
    if (parameter.direction == Direction::out) continue;
    values.push_back(fitting(arguments[values.size()], parameter.type,
                             bound.scoped_name + ": argument " + std::to_string(values.size() + 1) +
                                 " (" + parameter.name + ")"));
  }
  return values;
}

std::vector<Any> decode_all(const std::vector<TypeCode>& types, cdr::Decoder& decoder) {
  std::vector<Any> values;
  std::set<std::string> seen;
  const auto in_common = std::count_if(types.begin(), types.end(), [&](const TypeCode& type) {
    return may_hold_values(type, seen);
  });
  if (in_common < 2) {
    for (const auto& type : types) values.push_back(Any::decode_value(type, decoder));
    return values;
  }
  std::vector<TypeCode::NamedType> members;
  for (const auto& type : types) members.push_back({"", type});
  const Any all = Any::decode_value(TypeCode::structure("", "", std::move(members)), decoder);
  if (decoder.failed()) return std::vector<Any>(types.size());
  const DynamicValue parts(all);
  for (std::size_t i = 0; i < types.size(); ++i) values.push_back(parts[i].to_any());
  return values;
}

FailureHolder::FailureHolder(Any exception) {
  if (exception.type().unaliased().kind() != TCKind::tk_except) {
    throw BadParam("a " + exception.type().to_string() + " is no exception");
  }
  failure_ = std::make_shared<const FailureData>(std::move(exception));
}

}  // namespace detail

UserFailure::UserFailure(Any value_of_it)
    : FailureHolder(std::move(value_of_it)), UserException(failure().type) {}

const Any& UserFailure::value() const noexcept { return failure().value; }

}  // namespace corbel::dynamic
