#pragma once

#include "event-service/core/event.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>

/// What the channel's logic sees of the other side of its proxies. Behind these are remote objects
/// in the service and fakes in unit tests.
namespace corbel::event_service {

/// A consumer that events are pushed to.
class PushTarget {
 public:
  virtual ~PushTarget() = default;
  /// Starts one delivery and calls `done` once, on another thread or later, never from within
  /// push(): null, or what the call threw. Never throws and never waits for the peer.
  virtual void push(const QueuedEvent& event, std::chrono::nanoseconds deadline,
                    std::function<void(std::exception_ptr)> done) = 0;
  /// Tells the consumer that it is disconnected; nobody waits for the answer.
  virtual void disconnect() noexcept = 0;
};

/// A supplier that events are pulled from.
class PullTarget {
 public:
  struct Answer {
    std::optional<Any> event;  ///< nothing: the supplier has none at present
    std::exception_ptr failure{};
  };
  virtual ~PullTarget() = default;
  /// As PushTarget::push.
  virtual void try_pull(std::chrono::nanoseconds deadline, std::function<void(Answer)> done) = 0;
  virtual void disconnect() noexcept = 0;
};

/// A peer that only wants to know when it is over: a push supplier, a pull consumer. May be absent.
class DisconnectTarget {
 public:
  virtual ~DisconnectTarget() = default;
  virtual void disconnect() noexcept = 0;
};

/// A pull that waits for an event. Each is finished by exactly one call to one of the last three.
class PullWaiter {
 public:
  virtual ~PullWaiter() = default;
  /// The caller has given up or gone: hand it nothing.
  virtual bool cancelled() const noexcept = 0;
  /// False when the event could not be sent: it is kept for the next.
  virtual bool deliver(const QueuedEvent& event) noexcept = 0;
  virtual void nothing() noexcept = 0;
  virtual void disconnected() noexcept = 0;
};

/// Who speaks when a connection ends: the peer itself asked for it or is known to be gone, or it
/// must be told.
enum class TellPeer : bool { no, yes };

/// Why connecting failed.
enum class ConnectResult : std::uint8_t { connected, already_connected, disconnected };

}  // namespace corbel::event_service
