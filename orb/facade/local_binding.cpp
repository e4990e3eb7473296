#include <orb/facade/local_binding.hpp>

#include <new>
#include <utility>

namespace corbel::facade {

namespace {

class LocalVisit final : public invocation::LocalBinding::Visit {
 public:
  LocalVisit(adapter::Destination destination, std::shared_ptr<Servant> servant,
             const stub::Operation& operation, invocation::LocalBinding::Until until)
      : destination_(std::move(destination)),
        servant_(std::move(servant)),
        visit_(destination_, operation, until) {
    visit_.check();
  }
  Servant* servant() noexcept override { return servant_.get(); }

 private:
  const adapter::Destination destination_;
  const std::shared_ptr<Servant> servant_;
  adapter::DirectVisit visit_;
};

}  // namespace

adapter::Destination RouterBinding::destination() {
  // Declared first: what they let go of is not destroyed under the lock.
  adapter::Destination known;
  adapter::Destination found;
  MutexLock lock(mutex_);
  known.object = object_.lock();
  // An object that was deactivated may have been replaced under its id.
  if (known.object && known.object->active.load(std::memory_order_acquire)) {
    known.adapter = adapter_;
    return known;
  }
  found = router_.find(key_);
  // The caller's thread runs the upcall, now: nothing stands in line.
  if (!found.object && found.adapter->finds_late())
    found.object = found.adapter->find(found.id.octets());
  object_ = found.object;
  adapter_ = found.adapter;
  return found;
}

invocation::LocalBinding::Visit* RouterBinding::visit(const stub::Operation& operation,
                                                      std::span<std::byte> memory, Until until) {
  static_assert(sizeof(LocalVisit) <= 192, "DirectCall::storage_ holds it");
  if (memory.size() < sizeof(LocalVisit)) return nullptr;
  auto found = destination();
  auto& adapter = *found.adapter;
  if (!adapter.dispatcher().allows_direct_calls()) return nullptr;
  // Managers are asked, and requests are held, where all requests come by.
  const auto waits = [&] {
    return adapter.gate().has_room() && adapter.state() == AdapterState::holding;
  };
  if (waits()) return nullptr;
  auto servant = found.object ? found.object->servant : adapter.default_servant();
  if (!servant) return nullptr;
  const auto core = found.adapter;
  try {
    return new (memory.data()) LocalVisit(std::move(found), std::move(servant), operation, until);
  } catch (const SystemException&) {
    // It holds by now, or the object was deactivated and a manager knows more: the message will
    // tell.
    if (waits() || adapter.has_manager()) return nullptr;
    throw;
  }
}

}  // namespace corbel::facade
