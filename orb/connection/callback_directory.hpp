#pragma once

#include <corbel/reference.hpp>

#include <orb/base/mutex.hpp>
#include <orb/connection/reference_origin.hpp>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::connection {

class ServerConnection;

/// The connections over which clients take calls, by the listen points that they claim. A claim
/// proves nothing: it counts for references that came over the very connection, or over an earlier
/// one from the same host. As an origin by itself the directory believes every claim, which is for
/// Orbs that trust their clients.
/// Threads: any.
class CallbackDirectory final : public detail::ReferenceOrigin,
                                public std::enable_shared_from_this<CallbackDirectory> {
 public:
  /// `trusting`: claims count for references from wherever.
  explicit CallbackDirectory(bool trusting) : trusting_(trusting) {}

  void add(const std::shared_ptr<ServerConnection>& connection, std::span<const Endpoint> points);
  void remove(const ServerConnection& connection, std::span<const Endpoint> points);
  /// What references that come over the connection are to remember.
  std::shared_ptr<detail::ReferenceOrigin> origin_for(
      const std::shared_ptr<ServerConnection>& connection);
  bool is_trusting() const noexcept { return trusting_; }

  /// Over any connection that claims the endpoint.
  std::shared_ptr<OutgoingCalls> way_to(const Endpoint& endpoint,
                                        const ior::TransmissionCodeSets& code_sets) override;

 private:
  class ConnectionOrigin;
  /// The latest open connection with that claim; of one host only, unless `peer_host` is empty.
  std::shared_ptr<ServerConnection> find(const Endpoint& endpoint, std::string_view peer_host);

  const bool trusting_;
  Mutex mutex_;
  std::map<Endpoint, std::vector<std::weak_ptr<ServerConnection>>> claims_
      CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
