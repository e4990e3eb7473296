#include "orb/services/naming_errors.hpp"

#include <corbel/name.hpp>

namespace corbel::services {

namespace {

using CosNaming::NamingContext;
using Why = NamingContext::NotFoundReason;

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string first_component(const CosNaming::Name& rest) {
  if (rest.empty()) return "the end of the name";
  return in_quotes(format_name(NameComponent{rest.front().id, rest.front().kind}));
}

std::string explain(const NamingContext::NotFound& failure) {
  const std::string component = first_component(failure.rest_of_name);
  switch (failure.why) {
    case Why::not_context:
      return "an object, not a context, is bound at " + component;
    case Why::not_object:
      return "a context, not an object, is bound at " + component;
    case Why::missing_node:
      break;
  }
  return "nothing is bound at " + component;
}

}  // namespace

NameNotFound::NameNotFound(const NamingContext::NotFound& failure, std::string_view name)
    : NotFound(failure),
      text_("CosNaming::NamingContext::NotFound: " + explain(failure) + " (looking up " +
            in_quotes(name) + ")") {}

NameNotFollowed::NameNotFollowed(const NamingContext::CannotProceed& failure, std::string_view name)
    : CannotProceed(failure),
      text_("CosNaming::NamingContext::CannotProceed: gave up at " +
            first_component(failure.rest_of_name) + " (looking up " + in_quotes(name) +
            "; at most 16 contexts on other servers are followed)") {}

NameTaken::NameTaken(const NamingContext::AlreadyBound& failure, std::string_view name)
    : AlreadyBound(failure),
      text_("CosNaming::NamingContext::AlreadyBound: something is bound at " + in_quotes(name) +
            " already; unbind it first, or rebind") {}

InvalidNameText::InvalidNameText(std::string_view complaint)
    : text_("CosNaming::NamingContext::InvalidName: " + std::string(complaint)) {}

}  // namespace corbel::services
