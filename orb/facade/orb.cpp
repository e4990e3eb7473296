#include <corbel/orb.hpp>

#include <orb/facade/options.hpp>
#include <orb/facade/orb_impl.hpp>

namespace corbel {

using facade::impl;

Orb::Orb() : Orb(OrbOptions{}) {}
Orb::Orb(OrbOptions options) : core_(facade::OrbImpl::make(std::move(options))) {}
Orb::Orb(int& argc, char** argv, OrbOptions options)
    : Orb(facade::read_options(argc, argv, std::move(options))) {}
Orb::Orb(std::shared_ptr<detail::OrbCore> core) : core_(std::move(core)) {}

Orb::~Orb() { impl(core_).shutdown_now(); }

Adapter Orb::create_adapter(std::string name, AdapterOptions options) {
  return impl(core_).create_adapter(std::move(name), options);
}

void Orb::set_initial_reference(std::string name, const Object& object) {
  impl(core_).set_initial_reference(std::move(name), to_string(object));
}

void Orb::add_value_factory(const stub::ValueType& type,
                            std::function<std::shared_ptr<ValueBase>()> make) {
  impl(core_).value_factories().add(type, std::move(make));
}

void Orb::run() { impl(core_).run(); }
void Orb::shutdown() { impl(core_).shutdown(); }
void Orb::shutdown_on_signals() { impl(core_).shutdown_on_signals(); }
std::vector<Endpoint> Orb::endpoints() const { return impl(core_).endpoints(); }
Orb::Statistics Orb::statistics() const { return impl(core_).statistics(); }

Object Orb::inert_object(const ObjectRef& ref) { return impl(core_).object(ref); }

Object Orb::resolve_initial_reference(std::string_view name) {
  std::string known;
  const auto text = impl(core_).initial_reference(std::string(name), known);
  if (!text) {
    throw BadParam("no initial reference \"" + std::string(name) + "\"; " +
                   (known.empty() ? "none is set" : "there are " + known) +
                   "; set it with --corbel-init-ref " + std::string(name) +
                   "=REFERENCE or CORBEL_INIT_REF");
  }
  return make_object(ObjectRef::parse(*text));
}

}  // namespace corbel
