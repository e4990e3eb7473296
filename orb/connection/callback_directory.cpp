#include <orb/connection/callback_directory.hpp>

#include <orb/connection/server_connection.hpp>

#include <utility>

namespace corbel::connection {

namespace {

// Also of a peer on this machine, unlike Stream::peer_host().
std::string_view host_part(std::string_view peer) { return peer.substr(0, peer.rfind(':')); }

}  // namespace

class CallbackDirectory::ConnectionOrigin final : public detail::ReferenceOrigin {
 public:
  ConnectionOrigin(std::weak_ptr<CallbackDirectory> directory,
                   const std::shared_ptr<ServerConnection>& connection)
      : directory_(std::move(directory)),
        connection_(connection),
        peer_host_(host_part(connection->peer())) {}

  std::shared_ptr<OutgoingCalls> way_to(const Endpoint& endpoint,
                                        const ior::TransmissionCodeSets& code_sets) override {
    if (const auto connection = connection_.lock(); connection && connection->claims(endpoint)) {
      if (auto way = connection->way_back(code_sets)) return way;
    }
    const auto directory = directory_.lock();
    if (!directory) return nullptr;
    const auto another = directory->find(endpoint, directory->trusting_ ? "" : peer_host_);
    return another ? another->way_back(code_sets) : nullptr;
  }

 private:
  const std::weak_ptr<CallbackDirectory> directory_;
  const std::weak_ptr<ServerConnection> connection_;
  const std::string peer_host_;
};

void CallbackDirectory::add(const std::shared_ptr<ServerConnection>& connection,
                            std::span<const Endpoint> points) {
  MutexLock lock(mutex_);
  for (const auto& point : points) claims_[point].push_back(connection);
}

void CallbackDirectory::remove(const ServerConnection& connection,
                               std::span<const Endpoint> points) {
  std::vector<std::shared_ptr<ServerConnection>> looked_at;  // let go without the lock
  MutexLock lock(mutex_);
  for (const auto& point : points) {
    const auto found = claims_.find(point);
    if (found == claims_.end()) continue;
    std::erase_if(found->second, [&](const auto& entry) {
      auto other = entry.lock();
      const bool gone = !other || other.get() == &connection;
      looked_at.push_back(std::move(other));
      return gone;
    });
    if (found->second.empty()) claims_.erase(found);
  }
  lock.unlock();
}

std::shared_ptr<ServerConnection> CallbackDirectory::find(const Endpoint& endpoint,
                                                          std::string_view peer_host) {
  std::vector<std::shared_ptr<ServerConnection>> claimants;
  {
    MutexLock lock(mutex_);
    const auto found = claims_.find(endpoint);
    if (found == claims_.end()) return nullptr;
    for (const auto& entry : found->second) {
      if (auto connection = entry.lock()) claimants.push_back(std::move(connection));
    }
  }
  for (; !claimants.empty(); claimants.pop_back()) {
    const auto& latest = claimants.back();
    if (latest->is_closed()) continue;
    if (peer_host.empty() || host_part(latest->peer()) == peer_host) return latest;
  }
  return nullptr;
}

std::shared_ptr<detail::ReferenceOrigin> CallbackDirectory::origin_for(
    const std::shared_ptr<ServerConnection>& connection) {
  return std::make_shared<ConnectionOrigin>(weak_from_this(), connection);
}

std::shared_ptr<OutgoingCalls> CallbackDirectory::way_to(
    const Endpoint& endpoint, const ior::TransmissionCodeSets& code_sets) {
  const auto connection = find(endpoint, "");
  return connection ? connection->way_back(code_sets) : nullptr;
}

}  // namespace corbel::connection
