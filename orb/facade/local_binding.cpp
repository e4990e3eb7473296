#include <orb/facade/local_binding.hpp>

#include <new>
#include <utility>

namespace corbel::facade {

namespace {

class LocalVisit final : public invocation::LocalBinding::Visit {
 public:
  LocalVisit(std::shared_ptr<const adapter::RequestRouter::Destination> destination, const stub::Operation& operation)
      : destination_(std::move(destination)), visit_(*destination_->adapter, *destination_->object, operation) {}
  Servant* servant() noexcept override { return destination_->object->servant.get(); }

 private:
  const std::shared_ptr<const adapter::RequestRouter::Destination> destination_;
  adapter::DirectVisit visit_;
};

}  // namespace

RouterBinding::Destination RouterBinding::destination() {
  MutexLock lock(mutex_);
  // An object that was deactivated may have been replaced under its id.
  if (!destination_ || !destination_->object->active.load(std::memory_order_acquire)) {
    destination_.reset();
    destination_ = std::make_shared<const adapter::RequestRouter::Destination>(router_.find(key_));
  }
  return destination_;
}

invocation::LocalBinding::Visit* RouterBinding::visit(const stub::Operation& operation, std::span<std::byte> memory) {
  auto found = destination();
  if (!adapter::DirectVisit::is_possible(*found->adapter, *found->object)) return nullptr;
  static_assert(sizeof(LocalVisit) <= 192, "DirectCall::storage_ holds it");
  if (memory.size() < sizeof(LocalVisit)) return nullptr;
  return new (memory.data()) LocalVisit(std::move(found), operation);
}

}  // namespace corbel::facade
