#pragma once

#include "event-service/core/peers.hpp"

#include <CosEventChannelAdmin.idl.hpp>

namespace corbel::event_service {

/// Connecting twice is AlreadyConnected; a proxy that was disconnected is no more (Event
/// Service 1.2, 2.3).
inline void check(ConnectResult result) {
  if (result == ConnectResult::already_connected) throw CosEventChannelAdmin::AlreadyConnected();
  if (result == ConnectResult::disconnected) {
    throw ObjectNotExist("this proxy was disconnected; obtain another from the channel");
  }
}

}  // namespace corbel::event_service
