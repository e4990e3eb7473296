#pragma once

#include <corbel/adapter.hpp>
#include <corbel/any.hpp>
#include <corbel/exceptions.hpp>
#include <corbel/object.hpp>
#include <corbel/reply.hpp>
#include <corbel/servant.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Calls and serves objects without generated code, from an interface description that is known
/// only at run time: IDL text, or TypeCodes. Link Corbel::dynamic.
namespace corbel::dynamic {

namespace detail {
struct BoundOperation;
struct InterfaceData;
struct FailureData;
struct DescriptionData;

/// Stands before UserException, which refers to what it holds.
class FailureHolder {
 protected:
  explicit FailureHolder(Any exception);
  const FailureData& failure() const noexcept { return *failure_; }

 private:
  std::shared_ptr<const FailureData> failure_;
};
}  // namespace detail

enum class Direction : std::uint8_t { in, out, inout };

struct Parameter {
  std::string name;
  TypeCode type;
  Direction direction = Direction::in;
};

/// How one operation is called. Attributes are operations too: "_get_owner" without parameters and
/// "_set_owner" with one.
struct Operation {
  std::string name;
  TypeCode result = TypeCode(TCKind::tk_void);
  std::vector<Parameter> parameters = {};
  std::vector<TypeCode> raises = {};  ///< tk_except each
  bool oneway = false;

  /// "double withdraw(in double amount) raises (bank::InsufficientFunds)".
  std::string to_string() const;
};

/// An interface and what it inherits. An immutable value, cheap to copy. Threads: any.
class Interface {
 public:
  /// Made by hand: `operations` are its own, those of `bases` are added.
  /// Throws BadParam for two operations of a name, a one-way operation that returns something.
  Interface(std::string repository_id, std::vector<Interface> bases,
            std::vector<Operation> operations);

  const std::string& repository_id() const noexcept;
  /// "bank::Account".
  std::string name() const;
  const std::vector<Interface>& bases() const noexcept;
  bool is_a(std::string_view repository_id) const noexcept;
  /// Own and inherited ones, by name.
  std::vector<const Operation*> operations() const;
  /// Null if there is none of that name.
  const Operation* find(std::string_view operation) const noexcept;

  /// Internal.
  explicit Interface(std::shared_ptr<const detail::InterfaceData> data) : data_(std::move(data)) {}
  const std::shared_ptr<const detail::InterfaceData>& data() const noexcept { return data_; }

 private:
  std::shared_ptr<const detail::InterfaceData> data_;
};

// Descriptions from IDL.

/// One finding about IDL source.
struct Diagnostic {
  enum class Severity : std::uint8_t { error, warning, note };
  Severity severity = Severity::error;
  std::string file;          ///< the name given for text
  std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint32_t column = 0;  ///< in octets, from 1
  std::string message;
  std::string source_line;
  /// "bank.idl:3:14: error: ...".
  std::string to_string() const;
};

struct IdlOptions {
  std::vector<std::filesystem::path> include_directories = {};
  /// NAME, VALUE.
  std::vector<std::pair<std::string, std::string>> macros = {};
  /// Where <orb.idl> and the other standard files are; found by itself when empty.
  std::filesystem::path library_directory = {};
};

/// The IDL is wrong: what() has the first error, diagnostics() all findings.
class InvalidIdl : public BadParam {
 public:
  explicit InvalidIdl(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }
  [[noreturn]] void raise() const override { throw *this; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// The interfaces and types of an IDL file and all it includes. An immutable value, cheap to copy.
/// Nothing is printed. Threads: any.
class Description {
 public:
  /// Throws InvalidIdl.
  static Description parse(std::string_view idl, const IdlOptions& options = {},
                           const std::string& name = "text.idl");
  static Description parse_file(const std::filesystem::path& file, const IdlOptions& options = {});

  /// By name ("bank::Account") or repository id. Throws BadParam saying what there is.
  const Interface& interface(std::string_view name_or_id) const;
  /// The same for structs, unions, enums, exceptions, aliases, valuetypes and interfaces.
  const TypeCode& type(std::string_view name_or_id) const;
  const Interface* find_interface(std::string_view name_or_id) const noexcept;
  const TypeCode* find_type(std::string_view name_or_id) const noexcept;

  /// In source order.
  const std::vector<Interface>& interfaces() const noexcept;
  /// Names and types, in source order.
  const std::vector<std::pair<std::string, TypeCode>>& types() const noexcept;
  const std::vector<Diagnostic>& warnings() const noexcept;

 private:
  explicit Description(std::shared_ptr<const detail::DescriptionData> data)
      : data_(std::move(data)) {}
  std::shared_ptr<const detail::DescriptionData> data_;
};

// Calls.

/// What an operation gave back: results, or the exception of its raises clause.
struct Results {
  Any result = {};            ///< empty for void
  std::vector<Any> out = {};  ///< inout and out parameters, in order
  std::optional<Any> exception = {};

  /// "IDL:bank/InsufficientFunds:1.0"; empty if there is no exception.
  std::string exception_id() const;
  /// The result, or throws UserFailure with the exception.
  const Any& value() const;
};

/// Calls `operation` with the values of its in and inout parameters. A value of another type than
/// the parameter's is converted where it fits (see DynamicValue::set()).
///
/// Before anything is sent, throws BadOperation if the interface has no such operation, BadParam
/// saying which argument is missing or does not fit. Then as any call: system exceptions, with(),
/// deadlines. A one-way operation returns empty results at once.
Results call(const Object& target, const Interface& interface, std::string_view operation,
             const std::vector<Any>& arguments = {});
/// Without an interface: the caller knows how the operation travels.
Results call(const Object& target, const Operation& operation,
             const std::vector<Any>& arguments = {});
/// The result comes later. A one-way operation, which never waits, throws BadOperation.
Reply<Results> async_call(const Object& target, const Interface& interface,
                          std::string_view operation, const std::vector<Any>& arguments = {});
Reply<Results> async_call(const Object& target, const Operation& operation,
                          const std::vector<Any>& arguments = {});

/// call(account, interface, "withdraw", arguments(10.0)).
template <class... T>
std::vector<Any> arguments(const T&... values) {
  return {Any(values)...};
}

/// A user exception whose type the program does not know: what call() keeps as Results::exception,
/// and what a handler throws. what() is its name.
class UserFailure : private detail::FailureHolder, public UserException {
 public:
  /// Throws BadParam if the any holds no exception.
  explicit UserFailure(Any exception);
  const Any& value() const noexcept;
};

// Objects.

/// One call of an object without generated code.
struct Request {
  const Operation& operation;
  std::vector<Any> arguments;  ///< in and inout parameters, in order
};
/// Answers a request; runs where and when the adapter's dispatch policy says, possibly on several
/// threads. May throw UserFailure, or a system exception. Results of other types are converted.
using Handler = std::function<Results(const Request&)>;

/// A servant for any interface.
std::shared_ptr<Servant> make_servant(Interface interface, Handler handler);

/// A proxy for whatever interface, so that adapters take any servant:
/// adapter.activate<dynamic::AnyObject>(make_servant(...)).
class AnyObject : public Object {
 public:
  AnyObject() = default;
  explicit AnyObject(Object object) : Object(std::move(object)) {}
};

}  // namespace corbel::dynamic

namespace corbel {

template <>
struct Type<dynamic::AnyObject> : ProxyType<dynamic::AnyObject> {
  using Servant = corbel::Servant;
  static constexpr std::string_view kRepositoryId = Type<Object>::kRepositoryId;
  static constexpr std::string_view kName = Type<Object>::kName;
};

}  // namespace corbel
