#include <orb/adapter/direct_visit.hpp>

namespace corbel::adapter {

bool DirectVisit::may_run() const noexcept {
  const auto& object = destination_.object;
  return destination_.adapter->state() == AdapterState::active &&
         (!object || object->active.load(std::memory_order_acquire));
}

void DirectVisit::check() const {
  const auto& adapter = *destination_.adapter;
  adapter.require_accepting();
  const auto& object = destination_.object;
  if (object && !object->active.load(std::memory_order_acquire)) {
    throw ObjectNotExist(
        "no object " + object->id.to_string() + " in the adapter \"" + adapter.name() + "\"",
        Completion::no);
  }
}

}  // namespace corbel::adapter
