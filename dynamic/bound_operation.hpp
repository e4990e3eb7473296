#pragma once

#include <corbel/dynamic.hpp>
#include <corbel/stub/operation.hpp>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::dynamic::detail {

/// How an exception that only a TypeCode describes travels.
struct DynamicExceptionType : stub::ExceptionType {
  explicit DynamicExceptionType(const TypeCode& its_type);
  DynamicExceptionType(const DynamicExceptionType&) = delete;
  DynamicExceptionType& operator=(const DynamicExceptionType&) = delete;

  TypeCode type;
  std::string scoped_name;
};

/// What a UserFailure holds.
struct FailureData {
  explicit FailureData(Any exception)
      : value(std::move(exception)), type(value.type().unaliased()) {}
  Any value;
  DynamicExceptionType type;
};

/// An operation as the calling machinery wants it; lives as long as a call of it.
struct BoundOperation {
  explicit BoundOperation(Operation described, const std::string& scope = {});
  BoundOperation(const BoundOperation&) = delete;
  BoundOperation& operator=(const BoundOperation&) = delete;

  Operation operation;
  std::string scoped_name;
  std::deque<DynamicExceptionType> exceptions;
  std::vector<const stub::ExceptionType*> raises;
  stub::Operation wire;
};

struct InterfaceData {
  std::string repository_id;
  std::vector<Interface> bases;
  std::vector<const stub::InterfaceType*> base_types;
  stub::InterfaceType type;
  std::map<std::string, std::shared_ptr<const BoundOperation>, std::less<>> operations;
  /// Operations that cannot be called, and why.
  std::map<std::string, std::string, std::less<>> refused;
};

/// The operation, or BadOperation naming those there are.
std::shared_ptr<const BoundOperation> find_operation(const Interface& interface,
                                                     std::string_view name);

/// The values of the in and inout parameters as the operation wants them; BadParam says which is
/// wrong.
std::vector<Any> fitting_arguments(const BoundOperation& bound, const std::vector<Any>& arguments);
/// A value as one of `type`; BadParam begins with `what`.
Any fitting(const Any& value, const TypeCode& type, const std::string& what);

/// Values of these types, one after the other as in a request or reply. They are read in one go,
/// because a valuetype in one may be met again in the next; each any gets a copy of its own.
std::vector<Any> decode_all(const std::vector<TypeCode>& types, cdr::Decoder& decoder);

/// "bank::Account" from "IDL:omg.org/bank/Account:1.0".
std::string name_of(std::string_view repository_id);

}  // namespace corbel::dynamic::detail
