#pragma once

#include <corbel/reference.hpp>

#include <orb/ior/code_sets.hpp>

#include <memory>

namespace corbel::connection {
class OutgoingCalls;
}

namespace corbel::detail {

/// Where a reference was received: over a connection on which its sender takes calls as well
/// (bidirectional GIOP). Threads: any.
class ReferenceOrigin {
 public:
  virtual ~ReferenceOrigin() = default;
  /// A connection of the sender's that leads to an object said to be at this endpoint; null: one
  /// has to connect. `code_sets`: for a connection on which none were agreed yet.
  virtual std::shared_ptr<connection::OutgoingCalls> way_to(
      const Endpoint& endpoint, const ior::TransmissionCodeSets& code_sets) = 0;
};

}  // namespace corbel::detail
