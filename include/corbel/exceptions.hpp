#pragma once

#include <cstdint>
#include <exception>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

namespace corbel {

/// Whether the operation ran before the failure (CORBA completion_status; values as on the wire).
enum class Completion : std::uint32_t { yes = 0, no = 1, maybe = 2 };

std::string_view to_string(Completion completion) noexcept;

/// A failure of the infrastructure rather than of the application: CORBA 3.3, section 9.2.
/// what() reads "TRANSIENT: <what was tried, where, why, what to do>".
class SystemException : public std::runtime_error {
 public:
  /// The standard name, e.g. "TRANSIENT".
  std::string_view name() const noexcept { return name_; }
  /// "IDL:omg.org/CORBA/TRANSIENT:1.0".
  std::string repository_id() const;
  Completion completed() const noexcept { return completed_; }
  /// Vendors' codes differ: never decide anything by a minor code.
  std::uint32_t minor() const noexcept { return minor_; }
  /// The text after the name.
  std::string_view message() const noexcept;

  /// Throws a copy of the object's own (most derived standard) type.
  [[noreturn]] virtual void raise() const = 0;

 protected:
  SystemException(std::string_view name, const std::string& message, Completion completed,
                  std::uint32_t minor);

 private:
  std::string_view name_;  // points to a literal
  Completion completed_;
  std::uint32_t minor_;
};

/// One standard exception; NAME is its CORBA name.
#define CORBEL_SYSTEM_EXCEPTION(Class, NAME)                                               \
  class Class : public SystemException {                                                   \
   public:                                                                                 \
    static constexpr std::string_view kName = NAME;                                        \
    explicit Class(const std::string& message = {}, Completion completed = Completion::no, \
                   std::uint32_t minor = 0)                                                \
        : SystemException(kName, message, completed, minor) {}                             \
    [[noreturn]] void raise() const override { throw *this; }                              \
  };

CORBEL_SYSTEM_EXCEPTION(Unknown, "UNKNOWN")
CORBEL_SYSTEM_EXCEPTION(BadParam, "BAD_PARAM")
CORBEL_SYSTEM_EXCEPTION(NoMemory, "NO_MEMORY")
CORBEL_SYSTEM_EXCEPTION(ImpLimit, "IMP_LIMIT")
CORBEL_SYSTEM_EXCEPTION(CommFailure, "COMM_FAILURE")
CORBEL_SYSTEM_EXCEPTION(InvObjref, "INV_OBJREF")
CORBEL_SYSTEM_EXCEPTION(NoPermission, "NO_PERMISSION")
CORBEL_SYSTEM_EXCEPTION(Internal, "INTERNAL")
CORBEL_SYSTEM_EXCEPTION(Marshal, "MARSHAL")
CORBEL_SYSTEM_EXCEPTION(Initialize, "INITIALIZE")
CORBEL_SYSTEM_EXCEPTION(NoImplement, "NO_IMPLEMENT")
CORBEL_SYSTEM_EXCEPTION(BadTypecode, "BAD_TYPECODE")
CORBEL_SYSTEM_EXCEPTION(BadOperation, "BAD_OPERATION")
CORBEL_SYSTEM_EXCEPTION(NoResources, "NO_RESOURCES")
CORBEL_SYSTEM_EXCEPTION(NoResponse, "NO_RESPONSE")
CORBEL_SYSTEM_EXCEPTION(PersistStore, "PERSIST_STORE")
CORBEL_SYSTEM_EXCEPTION(BadInvOrder, "BAD_INV_ORDER")
CORBEL_SYSTEM_EXCEPTION(Transient, "TRANSIENT")
CORBEL_SYSTEM_EXCEPTION(FreeMem, "FREE_MEM")
CORBEL_SYSTEM_EXCEPTION(InvIdent, "INV_IDENT")
CORBEL_SYSTEM_EXCEPTION(InvFlag, "INV_FLAG")
CORBEL_SYSTEM_EXCEPTION(IntfRepos, "INTF_REPOS")
CORBEL_SYSTEM_EXCEPTION(BadContext, "BAD_CONTEXT")
CORBEL_SYSTEM_EXCEPTION(ObjAdapter, "OBJ_ADAPTER")
CORBEL_SYSTEM_EXCEPTION(DataConversion, "DATA_CONVERSION")
CORBEL_SYSTEM_EXCEPTION(ObjectNotExist, "OBJECT_NOT_EXIST")
CORBEL_SYSTEM_EXCEPTION(TransactionRequired, "TRANSACTION_REQUIRED")
CORBEL_SYSTEM_EXCEPTION(TransactionRolledback, "TRANSACTION_ROLLEDBACK")
CORBEL_SYSTEM_EXCEPTION(InvalidTransaction, "INVALID_TRANSACTION")
CORBEL_SYSTEM_EXCEPTION(InvPolicy, "INV_POLICY")
CORBEL_SYSTEM_EXCEPTION(CodesetIncompatible, "CODESET_INCOMPATIBLE")
CORBEL_SYSTEM_EXCEPTION(Rebind, "REBIND")
CORBEL_SYSTEM_EXCEPTION(Timeout, "TIMEOUT")
CORBEL_SYSTEM_EXCEPTION(TransactionUnavailable, "TRANSACTION_UNAVAILABLE")
CORBEL_SYSTEM_EXCEPTION(TransactionMode, "TRANSACTION_MODE")
CORBEL_SYSTEM_EXCEPTION(BadQos, "BAD_QOS")
CORBEL_SYSTEM_EXCEPTION(InvalidActivity, "INVALID_ACTIVITY")
CORBEL_SYSTEM_EXCEPTION(ActivityCompleted, "ACTIVITY_COMPLETED")
CORBEL_SYSTEM_EXCEPTION(ActivityRequired, "ACTIVITY_REQUIRED")

#undef CORBEL_SYSTEM_EXCEPTION

/// No connection could be made: TRANSIENT, not executed, safe to retry.
class ConnectFailed : public Transient {
 public:
  using Transient::Transient;
  [[noreturn]] void raise() const override { throw *this; }
};

/// Throws the standard exception with this repository id; an id nobody knows becomes UNKNOWN
/// with the id in its message.
[[noreturn]] void raise_system_exception(std::string_view repository_id, const std::string& message,
                                         Completion completed, std::uint32_t minor);

namespace stub {
struct ExceptionType;
}

/// Base of every exception declared in IDL. what() is the C++ name, e.g. "bank::InsufficientFunds".
class UserException : public std::exception {
 public:
  const char* what() const noexcept override;

 protected:
  explicit UserException(const stub::ExceptionType& type) noexcept : type_(&type) {}

 private:
  friend const stub::ExceptionType& exception_type(const UserException& exception) noexcept;
  const stub::ExceptionType* type_;  // static storage
};

/// For generated code and the request router: how this exception travels.
inline const stub::ExceptionType& exception_type(const UserException& exception) noexcept {
  return *exception.type_;
}

/// "IDL:bank/InsufficientFunds:1.0".
std::string_view repository_id(const UserException& exception) noexcept;

/// With its members, as corbel::Any prints it: "bank::InsufficientFunds{balance: 12.5}".
std::string to_string(const UserException& exception);
std::ostream& operator<<(std::ostream& out, const UserException& exception);

}  // namespace corbel
