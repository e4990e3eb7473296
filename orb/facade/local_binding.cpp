#include <orb/facade/local_binding.hpp>

#include <new>
#include <utility>

namespace corbel::facade {

namespace {

class LocalVisit final : public invocation::LocalBinding::Visit {
 public:
  LocalVisit(adapter::RequestRouter::Destination destination, const stub::Operation& operation,
             invocation::LocalBinding::Until until)
      : destination_(std::move(destination)),
        visit_(*destination_.adapter, *destination_.object, operation, until) {
    visit_.check();
  }
  Servant* servant() noexcept override { return destination_.object->servant.get(); }

 private:
  const adapter::RequestRouter::Destination destination_;
  adapter::DirectVisit visit_;
};

}  // namespace

adapter::RequestRouter::Destination RouterBinding::destination() {
  MutexLock lock(mutex_);
  auto object = object_.lock();
  // An object that was deactivated may have been replaced under its id.
  if (!object || !object->active.load(std::memory_order_acquire)) {
    auto found = router_.find(key_);
    object_ = found.object;
    adapter_ = found.adapter;
    return found;
  }
  return {adapter_, std::move(object)};
}

invocation::LocalBinding::Visit* RouterBinding::visit(const stub::Operation& operation,
                                                      std::span<std::byte> memory, Until until) {
  auto found = destination();
  if (!found.adapter->dispatcher().allows_direct_calls()) return nullptr;
  static_assert(sizeof(LocalVisit) <= 192, "DirectCall::storage_ holds it");
  if (memory.size() < sizeof(LocalVisit)) return nullptr;
  return new (memory.data()) LocalVisit(std::move(found), operation, until);
}

}  // namespace corbel::facade
