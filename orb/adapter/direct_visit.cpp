#include <orb/adapter/direct_visit.hpp>

namespace corbel::adapter {

bool DirectVisit::is_possible(detail::AdapterCore& adapter, const ActiveObject& object) {
  if (!adapter.dispatcher().allows_direct_calls()) return false;
  if (!adapter.is_accepting()) {
    if (adapter.is_destroyed()) {
      throw ObjectNotExist("the adapter \"" + adapter.name() + "\" is destroyed", Completion::no);
    }
    throw Transient("the adapter \"" + adapter.name() + "\" is holding requests; try again", Completion::no);
  }
  if (!object.active.load(std::memory_order_acquire)) {
    throw ObjectNotExist("no object " + object.id.to_string() + " in the adapter \"" + adapter.name() + "\"", Completion::no);
  }
  return true;
}

}  // namespace corbel::adapter
