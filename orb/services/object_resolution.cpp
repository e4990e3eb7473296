#include <corbel/naming.hpp>

namespace corbel {

// Here and not in the facade, because a corbaname: reference is resolved by the naming client.
Object Orb::make_object(const ObjectRef& ref) {
  Object object = ref.initial_reference().empty() ? inert_object(ref)
                                                  : resolve_initial_reference(ref.initial_reference());
  if (ref.name_to_resolve().empty()) return object;
  return Naming(std::move(object)).resolve(ref.name_to_resolve());
}

}  // namespace corbel
