#include <corbel/object.hpp>

#include <corbel/stub/proxy_base.hpp>

#include <orb/base/hot.hpp>
#include <orb/invocation/orb_core.hpp>

namespace corbel {

namespace {
constexpr stub::Operation kIsA{"_is_a", false, {}, "CORBA::Object::_is_a"};
constexpr stub::Operation kNonExistent{"_non_existent", false, {}, "CORBA::Object::_non_existent"};
}  // namespace

namespace detail {

CORBEL_HOT std::shared_ptr<OrbCore> ObjectState::orb() const {
  auto orb = orb_.lock();
  if (!orb)
    throw BadInvOrder(
        "the Orb of this reference is gone, or it never had one; keep the Orb alive while you "
        "call");
  if (orb->is_shut_down()) throw BadInvOrder("the Orb of this reference is shut down");
  return orb;
}

CORBEL_HOT const ObjectState& state_of(const Object& object, std::string_view operation) {
  const auto& state = stub::ObjectAccess::state(object);
  if (!state) throw InvObjref("call " + std::string(operation) + " on a nil reference");
  return *state;
}

}  // namespace detail

namespace stub {

Object ObjectAccess::make(const std::weak_ptr<detail::OrbCore>* orb, ObjectRef ref) {
  return make(std::make_shared<const detail::ObjectState>(
      orb != nullptr ? *orb : std::weak_ptr<detail::OrbCore>(),
      std::make_shared<invocation::Route>(std::move(ref)), CallOptions{}));
}

Object with_options(const Object& object, const CallOptions& options) {
  const auto& state = ObjectAccess::state(object);
  if (!state) return {};
  auto merged = state->options();
  if (options.deadline) merged.deadline = options.deadline;
  if (options.idempotent) merged.idempotent = options.idempotent;
  if (options.sync_scope) merged.sync_scope = options.sync_scope;
  return ObjectAccess::make(std::make_shared<const detail::ObjectState>(
      state->weak_orb(), state->shared_route(), merged));
}

}  // namespace stub

bool is_nil(const Object& object) noexcept { return stub::ObjectAccess::state(object) == nullptr; }

ObjectRef reference(const Object& object) {
  const auto& state = stub::ObjectAccess::state(object);
  return state ? state->ref() : ObjectRef();
}

std::string to_string(const Object& object) { return reference(object).to_string(); }

bool operator==(const Object& left, const Object& right) {
  const auto& a = stub::ObjectAccess::state(left);
  const auto& b = stub::ObjectAccess::state(right);
  if (a == b) return true;
  return a && b && a->ref() == b->ref();
}

std::size_t hash(const Object& object) { return reference(object).hash(); }

bool is_a(const Object& object, std::string_view repository_id) {
  const auto& state = detail::state_of(object, kIsA.name);
  if (repository_id == Type<Object>::kRepositoryId || state.ref().type_id() == repository_id)
    return true;
  bool result = false;
  stub::invoke(
      object, kIsA, [&](cdr::Encoder& encoder) { encoder.write_string(repository_id); },
      [&](cdr::Decoder& decoder) { result = decoder.read<bool>(); });
  return result;
}

bool non_existent(const Object& object) {
  bool result = false;
  try {
    stub::invoke(
        object, kNonExistent, [](cdr::Encoder&) {},
        [&](cdr::Decoder& decoder) { result = decoder.read<bool>(); });
  } catch (const ObjectNotExist&) {
    return true;
  }
  return result;
}

}  // namespace corbel
