#include <orb/invocation/detours.hpp>

#include <orb/invocation/route.hpp>

#include <string>
#include <utility>

namespace corbel::invocation {

void Detours::forward(Route& route, ObjectRef target, bool permanent, unsigned at_most) {
  if (target.is_nil())
    throw InvObjref("the server forwarded the call to a nil reference", Completion::no);
  ++forwards_;
  if (are_over(at_most)) {
    throw Transient("forwarded " + std::to_string(forwards_) +
                        (forwards_ == 1 ? " time" : " times") + " without reaching the object",
                    Completion::no);
  }
  route.forward(std::move(target), permanent);
}

bool Detours::fall_back(Route& route, const SystemException& failure, unsigned at_most) {
  const bool elsewhere =
      failure.completed() == Completion::no &&
      (failure.name() == Transient::kName || failure.name() == CommFailure::kName ||
       failure.name() == ObjectNotExist::kName);
  if (!elsewhere || !route.is_forwarded() || forwards_ + returns_ >= at_most) return false;
  if (!route.fall_back()) return false;
  ++returns_;
  return true;
}

}  // namespace corbel::invocation
