#include <corbel/exceptions.hpp>

namespace corbel {
namespace {

std::string full_text(std::string_view name, const std::string& message) {
  std::string text(name);
  if (!message.empty()) text.append(": ").append(message);
  return text;
}

template <class E>
bool raise_if_named(std::string_view name, const std::string& message, Completion completed,
                    std::uint32_t minor) {
  if (name == E::kName) throw E(message, completed, minor);
  return false;
}

template <class... Es>
void raise_named(std::string_view name, const std::string& message, Completion completed,
                 std::uint32_t minor) {
  (raise_if_named<Es>(name, message, completed, minor) || ...);
}

constexpr std::string_view kPrefix = "IDL:omg.org/CORBA/";
constexpr std::string_view kSuffix = ":1.0";

}  // namespace

std::string_view to_string(Completion completion) noexcept {
  switch (completion) {
    case Completion::yes:
      return "COMPLETED_YES";
    case Completion::no:
      return "COMPLETED_NO";
    case Completion::maybe:
      return "COMPLETED_MAYBE";
  }
  return "COMPLETED_MAYBE";
}

SystemException::SystemException(std::string_view name, const std::string& message,
                                 Completion completed, std::uint32_t minor)
    : std::runtime_error(full_text(name, message)),
      name_(name),
      completed_(completed),
      minor_(minor) {}

std::string SystemException::repository_id() const {
  return std::string(kPrefix).append(name_).append(kSuffix);
}

std::string_view SystemException::message() const noexcept {
  std::string_view text = what();
  text.remove_prefix(name_.size());
  if (text.starts_with(": ")) text.remove_prefix(2);
  return text;
}

void raise_system_exception(std::string_view repository_id, const std::string& message,
                            Completion completed, std::uint32_t minor) {
  std::string_view name = repository_id;
  if (name.starts_with(kPrefix)) {
    name.remove_prefix(kPrefix.size());
    // The version is no part of the meaning: peers send 1.0, later specifications might not.
    name = name.substr(0, name.rfind(':'));
    raise_named<Unknown, BadParam, NoMemory, ImpLimit, CommFailure, InvObjref, NoPermission,
                Internal, Marshal, Initialize, NoImplement, BadTypecode, BadOperation, NoResources,
                NoResponse, PersistStore, BadInvOrder, Transient, FreeMem, InvIdent, InvFlag,
                IntfRepos, BadContext, ObjAdapter, DataConversion, ObjectNotExist,
                TransactionRequired, TransactionRolledback, InvalidTransaction, InvPolicy,
                CodesetIncompatible, Rebind, Timeout, TransactionUnavailable, TransactionMode,
                BadQos, InvalidActivity, ActivityCompleted, ActivityRequired>(name, message,
                                                                              completed, minor);
  }
  std::string text = "the peer raised \"" + std::string(repository_id) + "\"";
  if (!message.empty()) text.append(": ").append(message);
  throw Unknown(text, completed, minor);
}

}  // namespace corbel
