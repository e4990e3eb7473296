#include <orb/adapter/direct_visit.hpp>

namespace corbel::adapter {

void DirectVisit::check() const {
  adapter_.require_accepting();
  if (!object_.active.load(std::memory_order_acquire)) {
    throw ObjectNotExist(
        "no object " + object_.id.to_string() + " in the adapter \"" + adapter_.name() + "\"",
        Completion::no);
  }
}

}  // namespace corbel::adapter
