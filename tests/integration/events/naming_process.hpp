#pragma once

#include "naming-service/naming_service.hpp"
#include "naming-service/store/memory.hpp"

#include <corbel/orb.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace corbel::event_service {

/// A naming service in an Orb of its own; on the same port, what comes back after an end.
struct NamingProcess {
  explicit NamingProcess(std::uint16_t port = 0)
      : orb(OrbOptions{.port = port}),
        service(orb, std::make_unique<naming_service::MemoryStore>()),
        text("corbaloc:iiop:" + orb.endpoints().at(0).to_string() + "/NameService") {}
  Orb orb;
  naming_service::NamingService service;
  std::string text;
};

}  // namespace corbel::event_service
