#include <corbel/adapter.hpp>

#include <corbel/stub/operation.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/adapter/adapter_host.hpp>
#include <orb/base/clock.hpp>
#include <orb/base/upcall_thread.hpp>

#include <chrono>

namespace corbel {

namespace {

constexpr std::chrono::seconds kUpcallsEnd{30};

std::shared_ptr<adapter::AdapterHost> host_of(const detail::AdapterCore& core) {
  auto host = core.host();
  if (!host) throw BadInvOrder("the Orb of the adapter \"" + core.name() + "\" is gone");
  return host;
}

Object object_for(const detail::AdapterCore& core, const adapter::ActiveObject& object) {
  return host_of(core)->make_own_object(object.servant->corbel_interface().repository_id,
                                        object.key);
}

}  // namespace

Object Adapter::activate_object(std::optional<ObjectId> id, std::shared_ptr<Servant> servant) {
  return object_for(*core_, *core_->activate(std::move(id), {}, std::move(servant)));
}

Object Adapter::activate_key(std::string key, std::shared_ptr<Servant> servant) {
  if (key.empty()) throw BadParam("activate_well_known: the key is empty");
  const auto host = host_of(*core_);
  // The key serves as object id too, so that deactivate() and find() know the object.
  const auto object = core_->activate(ObjectId(key), key, std::move(servant));
  try {
    host->add_key(key, core_, object);
  } catch (...) {
    core_->deactivate(key);
    throw;
  }
  return object_for(*core_, *object);
}

Object Adapter::make_object(const ObjectId& id, std::string_view type_id) const {
  return host_of(*core_)->make_own_object(type_id, core_->key_of(id));
}

bool Adapter::deactivate(const ObjectId& id) {
  const auto object = core_->deactivate(id.octets());
  if (!object) return false;
  if (const auto host = core_->host()) host->remove_key(object->key, object.get());
  return true;
}

bool Adapter::deactivate(const Object& object) {
  const auto ref = reference(object);
  if (ref.adapter_name() == name() && ref.timestamp() == timestamp())
    return deactivate(ref.object_id());
  const ObjectId plain{std::string(ref.object_key())};
  const auto found = core_->find(plain.octets());
  return found && found->key == plain.octets() && deactivate(plain);
}

std::optional<Object> Adapter::find(const ObjectId& id) const {
  const auto object = core_->find(id.octets());
  if (!object) return std::nullopt;
  return object_for(*core_, *object);
}

void Adapter::set_servant_activator(std::shared_ptr<ServantActivator> activator) {
  core_->set_manager(std::move(activator), nullptr, nullptr);
}
void Adapter::set_servant_locator(std::shared_ptr<ServantLocator> locator) {
  core_->set_manager(nullptr, std::move(locator), nullptr);
}
void Adapter::set_default_servant(std::shared_ptr<Servant> servant) {
  core_->set_manager(nullptr, nullptr, std::move(servant));
}

void Adapter::activate_requests() { core_->set_state(AdapterState::active); }
void Adapter::hold_requests() { core_->set_state(AdapterState::holding); }
void Adapter::discard_requests() { core_->set_state(AdapterState::discarding); }
void Adapter::deactivate_requests() { core_->end_requests(); }
AdapterState Adapter::state() const noexcept { return core_->state(); }

bool Adapter::wait_until_idle(std::chrono::nanoseconds at_most) const {
  return UpcallThread::current().depth == 0 && core_->wait_until_idle(Deadline::after(at_most));
}

void Adapter::destroy() {
  const auto core = core_;  // what goes with the adapter may hold this handle
  const auto host = core->host();
  const bool retires = core->begin_destruction() && host;
  if (retires) host->retire(core);
  // An upcall cannot wait for its own end.
  const bool may_wait = UpcallThread::current().depth == 0;
  if (may_wait) {
    core->drain(kUpcallsEnd, std::chrono::seconds(1));
    core->wait_until_idle(Deadline::after(kUpcallsEnd));
  }
  if (retires) host->end_retired(core, may_wait);
}

const std::string& Adapter::name() const noexcept { return core_->name(); }
std::uint64_t Adapter::timestamp() const noexcept { return core_->timestamp(); }
Adapter::Statistics Adapter::statistics() const { return core_->statistics(); }

}  // namespace corbel
