#pragma once

#include "naming-service/failure.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/adapter.hpp>
#include <corbel/orb.hpp>

#include <memory>

namespace corbel::naming_service {

/// The two sides of a bound context or object: what the tree keeps and what clients see. A
/// context's object has the same adapter as all others and the decimal context id as its object id;
/// the root is the well-known object "NameService". Threads: any, once the root is set.
class Contexts {
 public:
  Contexts(Orb& orb, Adapter adapter) : orb_(orb), adapter_(std::move(adapter)) {}

  void activate_root(std::shared_ptr<CosNaming::NamingContextExt::Servant> servant);
  void activate(ContextId id, std::shared_ptr<CosNaming::NamingContextExt::Servant> servant);
  void deactivate(ContextId id);

  const CosNaming::NamingContextExt& root() const noexcept { return root_; }
  CosNaming::NamingContextExt reference_to(ContextId id) const;
  Object object_of(const Target& target) const;
  /// A context of ours is known by its key, without asking anybody; everything else is elsewhere.
  Target target_of(const Object& object) const;

 private:
  Orb& orb_;
  mutable Adapter adapter_;
  CosNaming::NamingContextExt root_;
};

}  // namespace corbel::naming_service
