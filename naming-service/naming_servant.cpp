#include "naming-service/naming_servant.hpp"

#include "naming-service/binding_iterator.hpp"
#include "naming-service/corbaname.hpp"
#include "naming-service/wire_names.hpp"

#include <memory>

namespace corbel::naming_service {

template <class T>
void NamingServant::check(const Outcome<T>& outcome, const CosNaming::Name& n) const {
  if (outcome.has_error()) throw_failure(outcome.error(), n, parts_.contexts);
}

void NamingServant::put(Put operation, const CosNaming::Name& n, BindingKind kind,
                        const Object& object) {
  if (n.empty()) throw CosNaming::NamingContext::InvalidName();
  if (is_nil(object)) throw BadParam("a nil reference cannot be bound");
  check((parts_.tree.*operation)(id_, LentName(n), kind, parts_.contexts.target_of(object)), n);
}

void NamingServant::bind(const CosNaming::Name& n, const Object& obj) {
  put(&NameTree::bind, n, BindingKind::object, obj);
}

void NamingServant::rebind(const CosNaming::Name& n, const Object& obj) {
  put(&NameTree::rebind, n, BindingKind::object, obj);
}

void NamingServant::bind_context(const CosNaming::Name& n, const CosNaming::NamingContext& nc) {
  put(&NameTree::bind, n, BindingKind::context, nc);
}

void NamingServant::rebind_context(const CosNaming::Name& n, const CosNaming::NamingContext& nc) {
  put(&NameTree::rebind, n, BindingKind::context, nc);
}

Object NamingServant::resolve(const CosNaming::Name& n) {
  const auto target = parts_.tree.resolve(id_, LentName(n));
  check(target, n);
  return parts_.contexts.object_of(*target);
}

void NamingServant::unbind(const CosNaming::Name& n) {
  check(parts_.tree.unbind(id_, LentName(n)), n);
}

// The object is there before anybody can find the context in the tree.
template <class Create>
CosNaming::NamingContext NamingServant::make_context(const CosNaming::Name& n, Create create) {
  const ContextId id = parts_.tree.reserve_context();
  parts_.contexts.activate(id, std::make_shared<NamingServant>(parts_, id));
  try {
    check(create(id), n);
  } catch (...) {
    parts_.contexts.deactivate(id);
    throw;
  }
  return parts_.contexts.reference_to(id);
}

CosNaming::NamingContext NamingServant::new_context() {
  return make_context({}, [&](ContextId id) { return parts_.tree.create_context(id); });
}

CosNaming::NamingContext NamingServant::bind_new_context(const CosNaming::Name& n) {
  return make_context(
      n, [&](ContextId id) { return parts_.tree.bind_new_context(id_, LentName(n), id); });
}

void NamingServant::destroy() {
  check(parts_.tree.destroy(id_), {});
  parts_.contexts.deactivate(id_);
}

void NamingServant::list(std::uint32_t how_many, CosNaming::BindingList& bl,
                         CosNaming::BindingIterator& bi) {
  const auto bindings = parts_.tree.list(id_);
  check(bindings, {});
  std::size_t next = 0;
  bl = take_bindings(*bindings, next, how_many);
  bi = next == (*bindings)->size() ? CosNaming::BindingIterator()
                                   : parts_.iterators.open(*bindings, next);
}

std::string NamingServant::to_string(const CosNaming::Name& n) {
  if (n.empty()) throw CosNaming::NamingContext::InvalidName();
  return format_name(from_wire(n));
}

CosNaming::Name NamingServant::to_name(std::string_view sn) {
  try {
    return to_wire(parse_name(sn));
  } catch (const BadParam&) {
    throw CosNaming::NamingContext::InvalidName();
  }
}

std::string NamingServant::to_url(std::string_view addr, std::string_view sn) {
  if (!is_corbaname_address(addr)) throw CosNaming::NamingContextExt::InvalidAddress();
  if (!sn.empty()) to_name(sn);
  return make_corbaname(addr, sn);
}

Object NamingServant::resolve_str(std::string_view sn) { return resolve(to_name(sn)); }

}  // namespace corbel::naming_service
