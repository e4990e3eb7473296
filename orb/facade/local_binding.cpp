#include <orb/facade/local_binding.hpp>

#include <corbel/stub/proxy_base.hpp>

#include <new>
#include <utility>

namespace corbel::facade {

namespace {

// In memory of the caller's, see DirectCall.
class LocalVisit final : public invocation::LocalBinding::Visit {
 public:
  /// `default_servant` stands in where there is no active object.
  LocalVisit(adapter::Destination destination, std::shared_ptr<Servant> default_servant,
             const stub::Operation& operation, invocation::LocalBinding::Until until)
      : destination_(std::move(destination)),
        default_servant_(std::move(default_servant)),
        visit_(destination_, operation, until) {}
  Servant* servant() noexcept override {
    return destination_.object ? destination_.object->servant.get() : default_servant_.get();
  }
  void check() const { visit_.check(); }
  bool may_run() const noexcept { return visit_.may_run(); }

 private:
  const adapter::Destination destination_;
  const std::shared_ptr<Servant> default_servant_;
  adapter::DirectVisit visit_;
};

static_assert(sizeof(LocalVisit) <= stub::DirectCall::kMemory);

}  // namespace

adapter::Destination RouterBinding::destination() {
  // Declared first: what they let go of is not destroyed under the lock.
  adapter::Destination known;
  adapter::Destination found;
  {
    MutexLock lock(mutex_);
    known.object = known_.object.lock();
    // An object that was deactivated may have been replaced under its id.
    if (known.object && known.object->active.load(std::memory_order_acquire)) {
      known.adapter = known_.adapter;
      return known;
    }
    published_.store(nullptr, std::memory_order_relaxed);
  }
  found = router_.find(key_);
  // The caller's thread runs the upcall, now: nothing stands in line.
  if (!found.object && found.adapter->finds_late())
    found.object = found.adapter->find(found.id.octets());
  MutexLock lock(mutex_);
  known.object = known_.object.lock();  // another thread may have found a newer one
  if (!known.object || !known.object->active.load(std::memory_order_acquire)) remember(found);
  return found;
}

void RouterBinding::remember(const adapter::Destination& found) {
  known_ = {found.adapter, found.object};
  if (first_.adapter || !found.object || !found.adapter->dispatcher().allows_direct_calls()) return;
  first_ = known_;
  published_.store(&first_, std::memory_order_release);
}

invocation::LocalBinding::Visit* RouterBinding::visit_known(const stub::Operation& operation,
                                                            std::span<std::byte> memory) {
  const Known* known = published_.load(std::memory_order_acquire);
  if (known == nullptr) return nullptr;
  auto object = known->object.lock();
  if (!object) return nullptr;
  auto* visit = new (memory.data())
      LocalVisit({known->adapter, std::move(object)}, nullptr, operation, std::nullopt);
  if (visit->may_run()) return visit;
  visit->~LocalVisit();
  return nullptr;
}

invocation::LocalBinding::Visit* RouterBinding::visit(const stub::Operation& operation,
                                                      std::span<std::byte> memory, Until until) {
  auto found = destination();
  auto& adapter = *found.adapter;
  if (!adapter.dispatcher().allows_direct_calls()) return nullptr;
  // Managers are asked, and requests are held, where all requests come by.
  const auto waits = [&] {
    return adapter.gate().has_room() && adapter.state() == AdapterState::holding;
  };
  if (waits()) return nullptr;
  auto default_servant = found.object ? nullptr : adapter.default_servant();
  if (!found.object && !default_servant) return nullptr;
  const auto core = found.adapter;
  auto* visit = new (memory.data())
      LocalVisit(std::move(found), std::move(default_servant), operation, until);
  try {
    visit->check();
    return visit;
  } catch (const SystemException&) {
    visit->~LocalVisit();
    // It holds by now, or the object was deactivated and a manager knows more: the message will
    // tell.
    if (waits() || adapter.has_manager()) return nullptr;
    throw;
  }
}

}  // namespace corbel::facade
