#include "event-service/naming_calls.hpp"

#include <CosNaming.idl.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace corbel::event_service {
namespace {

using CosNaming::NamingContext;
using Kind = NamingAnswer::Kind;

constexpr std::chrono::seconds kCallDeadline{5};

/// Failures that pass: of the network, of a server that is full, or of one that starts anew.
constexpr std::array<std::string_view, 10> kPassing{
    "TRANSIENT", "COMM_FAILURE", "TIMEOUT",       "NO_RESPONSE",      "NO_RESOURCES",
    "NO_MEMORY", "REBIND",       "PERSIST_STORE", "OBJECT_NOT_EXIST", "OBJ_ADAPTER"};

NamingAnswer answer_of(const SystemException& failure) {
  const bool passes = std::ranges::find(kPassing, failure.name()) != kPassing.end();
  return {passes ? Kind::later : Kind::never, failure.what()};
}

}  // namespace

NamingCalls::NamingCalls(Orb& orb, std::string naming) : orb_(orb), naming_(std::move(naming)) {
  static_cast<void>(ObjectRef::parse(naming_));  // a wrong text is the user's mistake: say so now
}

NamingAnswer NamingCalls::attempt(
    const std::function<NamingAnswer(const Naming&)>& operation) const {
  Object root;
  try {
    root = orb_.object(naming_);
  } catch (const NamingContext::InvalidName& failure) {
    return {Kind::never, failure.what()};
  } catch (const SystemException& failure) {
    return answer_of(failure);
  } catch (const std::exception& failure) {
    // The name in a corbaname: reference is not bound yet, or the way to it is interrupted.
    return {Kind::later, failure.what()};
  }
  try {
    return operation(Naming(with(root, {.deadline = kCallDeadline})));
  } catch (const SystemException& failure) {
    return answer_of(failure);
  } catch (const std::exception& failure) {
    return {Kind::never, failure.what()};
  }
}

NamingAnswer NamingCalls::bind(const std::string& name, const Object& object) const {
  return attempt([&](const Naming& naming) {
    naming.rebind(name, object);
    return NamingAnswer{};
  });
}

NamingAnswer NamingCalls::keep(const std::string& name, const Object& object) const {
  return attempt([&](const Naming& naming) {
    try {
      return NamingAnswer{naming.resolve(name) == object ? Kind::done : Kind::replaced};
    } catch (const NamingContext::NotFound&) {
      // Gone; a successor that binds the name at this moment keeps it.
    }
    try {
      naming.bind(name, object);
      return NamingAnswer{Kind::restored};
    } catch (const NamingContext::AlreadyBound&) {
      return NamingAnswer{Kind::replaced};
    }
  });
}

NamingAnswer NamingCalls::unbind(const std::string& name, std::span<const Object> own) const {
  return attempt([&](const Naming& naming) {
    try {
      const auto found = naming.resolve(name);
      if (std::ranges::find(own, found) != own.end()) naming.unbind(name);
    } catch (const NamingContext::NotFound&) {  // it is not bound: so it should be
    }
    return NamingAnswer{};
  });
}

}  // namespace corbel::event_service
