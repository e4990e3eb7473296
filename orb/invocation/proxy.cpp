#include <corbel/call.hpp>
#include <corbel/servant_manager.hpp>
#include <corbel/stub/proxy_base.hpp>
#include <corbel/stub/skeleton.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/invocation/invoker.hpp>
#include <orb/invocation/orb_core.hpp>

#include <exception>

namespace corbel::stub {

CORBEL_HOT void invoke(const Object& target, const Operation& operation, EncodeArguments encode,
                       DecodeResults decode) {
  const auto& state = detail::state_of(target, operation.name);
  state.orb()->invoker().invoke(state, operation, encode, decode);
}

void invoke_oneway(const Object& target, const Operation& operation, EncodeArguments encode) {
  const auto& state = detail::state_of(target, operation.name);
  state.orb()->invoker().invoke_oneway(state, operation, encode);
}

StartedCall invoke_async(const Object& target, const Operation& operation, EncodeArguments encode,
                         std::shared_ptr<ReplyReceiver> receiver) {
  const auto& state = detail::state_of(target, operation.name);
  return state.orb()->invoker().invoke_async(state, operation, encode, std::move(receiver));
}

CORBEL_HOT void end_results(cdr::Decoder& decoder) {
  decoder.throw_if_failed("reading a reply", static_cast<std::uint32_t>(Completion::yes));
  if (decoder.remaining() != 0) {
    decoder.discard_values();
    throw Marshal(std::to_string(decoder.remaining()) +
                      " octets left over after the results; do both sides use the same IDL?",
                  Completion::yes);
  }
  decoder.release_values();
}

namespace {

// Most calls within the process: neither the Orb nor the clock is asked.
invocation::LocalBinding::Visit* visit_known(const detail::ObjectState& state,
                                             const Operation& operation,
                                             std::span<std::byte> memory) {
  auto* binding = state.route().known_local();
  if (binding == nullptr || state.options().deadline) return nullptr;
  const auto* upcall = UpcallThread::current().context;
  if (upcall != nullptr && upcall->deadline()) return nullptr;
  return binding->visit_known(operation, memory);
}

}  // namespace

CORBEL_HOT DirectCall::DirectCall(const Object& target, const Operation& operation) {
  const auto& state = detail::state_of(target, operation.name);
  if (state.route().is_known_remote()) return;
  auto* visit = visit_known(state, operation, storage_);
  if (visit == nullptr) visit = state.orb()->invoker().visit(state, operation, storage_);
  if (visit != nullptr) {
    visit_ = visit;
    servant_ = visit->servant();
  }
}

CORBEL_HOT DirectCall::~DirectCall() {
  if (visit_ != nullptr) static_cast<invocation::LocalBinding::Visit*>(visit_)->~Visit();
}

bool rethrow_from_servant(const Object& target, const Operation& operation) {
  try {
    throw;
  } catch (const NotOverridden&) {
    return true;
  } catch (const ForwardRequest& forward) {
    detail::state_of(target, operation.name)
        .route()
        .forward(forward.target(), forward.is_permanent());
    return true;
  } catch (const UserException& exception) {
    const auto id = repository_id(exception);
    if (operation.find_exception(id) != nullptr) throw;
    throw Unknown("the servant raised " + std::string(id) + ", which " +
                      std::string(operation.name) + " does not declare",
                  Completion::maybe);
  } catch (const SystemException&) {
    throw;
  } catch (const std::exception& exception) {
    throw Unknown(std::string("the servant threw ") + exception.what(), Completion::maybe);
  } catch (...) {
    throw Unknown("the servant threw something that is no std::exception", Completion::maybe);
  }
}

}  // namespace corbel::stub
