#pragma once

#include "naming-service/naming_service.hpp"
#include "naming-service/store/memory.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/name.hpp>
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::naming_service {

/// A naming service in an Orb of its own, and a client's Orb that reaches it over TCP.
class RunningService {
 public:
  explicit RunningService(const NamingServiceOptions& options = {})
      : service_(server, std::make_unique<MemoryStore>(), options),
        root(client.object<CosNaming::NamingContextExt>(to_string(service_.root()))),
        naming(root) {}

  /// A reference to something that is never called.
  Object object(std::string_view key) {
    return client.object(ObjectRef::at({{"192.0.2.1", 9}}, key));
  }

  Orb server;
  Orb client;

 private:
  NamingService service_;

 public:
  CosNaming::NamingContextExt root;
  Naming naming;
};

inline CosNaming::Name name(std::string_view text) {
  CosNaming::Name components;
  for (const auto& component : parse_name(text))
    components.push_back({component.id, component.kind});
  return components;
}

inline std::string text(const CosNaming::Name& name) {
  std::vector<NameComponent> plain;
  for (const auto& component : name) plain.push_back({component.id, component.kind});
  return format_name(plain);
}

/// "missing_node at b/c", the way it ended: an exception's name and data, or "done".
template <class Operation>
std::string outcome_of(const Operation& operation) {
  using CosNaming::NamingContext;
  using Why = NamingContext::NotFoundReason;
  try {
    operation();
    return "done";
  } catch (const NamingContext::NotFound& failure) {
    const char* why = failure.why == Why::missing_node  ? "missing_node"
                      : failure.why == Why::not_context ? "not_context"
                                                        : "not_object";
    return why + (" at " + text(failure.rest_of_name));
  } catch (const NamingContext::CannotProceed& failure) {
    return "CannotProceed with " + text(failure.rest_of_name);
  } catch (const NamingContext::InvalidName&) {
    return "InvalidName";
  } catch (const NamingContext::AlreadyBound&) {
    return "AlreadyBound";
  } catch (const NamingContext::NotEmpty&) {
    return "NotEmpty";
  } catch (const SystemException& failure) {
    return std::string(failure.name());
  }
}

}  // namespace corbel::naming_service
