#include <corbel/naming.hpp>

namespace corbel {

namespace {

// Initial references may name each other (A=corbaloc:rir:/B), by mistake also in a circle.
constexpr unsigned kMostInitialReferences = 8;
thread_local unsigned initial_references = 0;

/// Counts an initial reference while it is looked up.
class InitialReferenceStep {
 public:
  explicit InitialReferenceStep(const std::string& name) {
    if (initial_references == kMostInitialReferences) {
      throw BadParam("the initial reference \"" + name +
                     "\" leads to itself through corbaloc:rir: or corbaname:rir:");
    }
    ++initial_references;
  }
  ~InitialReferenceStep() { --initial_references; }
  InitialReferenceStep(const InitialReferenceStep&) = delete;
  InitialReferenceStep& operator=(const InitialReferenceStep&) = delete;
};

}  // namespace

// Here and not in the facade, because a corbaname: reference is resolved by the naming client.
Object Orb::make_object(const ObjectRef& ref) {
  Object object;
  if (ref.initial_reference().empty()) {
    object = inert_object(ref);
  } else {
    const InitialReferenceStep step(ref.initial_reference());
    object = resolve_initial_reference(ref.initial_reference());
  }
  if (ref.name_to_resolve().empty()) return object;
  return Naming(std::move(object)).resolve(ref.name_to_resolve());
}

}  // namespace corbel
