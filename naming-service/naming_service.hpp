#pragma once

#include "naming-service/limits.hpp"
#include "naming-service/store/store.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/orb.hpp>

#include <memory>

namespace corbel::naming_service {

struct NamingServiceOptions {
  TreeLimits tree{};
  IteratorLimits iterators{};
  DispatchPolicy dispatch = ThreadPerConnection{};
};

/// A naming service within an Orb: the root context is reachable under the key "NameService" once
/// the constructor has returned. Destroy it before the Orb; that waits for running calls. Threads:
/// root() from any.
class NamingService {
 public:
  NamingService(Orb& orb, std::unique_ptr<Store> store, const NamingServiceOptions& options = {});
  ~NamingService();
  NamingService(const NamingService&) = delete;
  NamingService& operator=(const NamingService&) = delete;

  const CosNaming::NamingContextExt& root() const noexcept;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace corbel::naming_service
