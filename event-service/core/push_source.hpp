#pragma once

#include "event-service/core/channel.hpp"
#include "event-service/core/peers.hpp"

#include <cstdint>
#include <memory>
#include <mutex>

namespace corbel::event_service {

/// A supplier that pushes into the channel. Threads: any.
class PushSource final : public Source {
 public:
  PushSource(std::uint64_t id, const std::shared_ptr<Channel>& channel)
      : id_(id), channel_(channel) {}

  /// A supplier without a reference (null) is told nothing when it is disconnected.
  ConnectResult connect(std::shared_ptr<DisconnectTarget> target);
  void disconnect(TellPeer tell) override;
  /// Null once disconnected. A push before connect passes: some suppliers never connect.
  std::shared_ptr<Channel> channel() const;

 private:
  const std::uint64_t id_;
  const std::weak_ptr<Channel> channel_;
  mutable std::mutex mutex_;
  // All below under mutex_.
  bool connected_ = false;
  bool disconnected_ = false;
  std::shared_ptr<DisconnectTarget> target_;
};

}  // namespace corbel::event_service
