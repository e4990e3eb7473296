#pragma once

#include "event-service/channel_directory.hpp"
#include "event-service/core/scheduler.hpp"
#include "event-service/naming_registrar.hpp"

#include <corbel/orb.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace corbel::event_service {

struct ServiceOptions {
  /// Created at the start beside the default channel.
  std::vector<std::string> channels{};
  /// What channels get unless their creator says otherwise.
  ChannelConfig defaults{};
  /// Reference of a naming service; empty: none.
  std::string naming{};
  /// How often it is looked whether the names are still bound there.
  std::chrono::nanoseconds naming_check = std::chrono::seconds(10);
  /// Where channels are remembered; none: in memory.
  std::shared_ptr<ChannelStore> store{};
};

/// The event service in one Orb: a default channel under the plain keys "EventChannel" and
/// "EventService", named channels under their names, the factory under "EventChannelFactory".
/// The Orb must outlive it. Threads: any.
class EventService {
 public:
  static constexpr const char* kDefaultChannel = "EventChannel";
  static constexpr const char* kServiceKey = "EventService";
  static constexpr const char* kFactory = "EventChannelFactory";

  /// Throws BadParam for a channel name or naming reference that is none.
  EventService(Orb& orb, ServiceOptions options);
  ~EventService();
  EventService(const EventService&) = delete;
  EventService& operator=(const EventService&) = delete;

  /// Answers requests from now on; waits a moment for the naming service, if there is one.
  void start();
  /// Tells every supplier and consumer that it is over, takes the names away, ends its threads.
  void stop();

  const corbel_events::ChannelFactory& factory() const noexcept { return factory_; }
  corbel_events::Channel default_channel() const { return *directory_->find(kDefaultChannel); }
  ChannelDirectory& directory() noexcept { return *directory_; }

 private:
  void create_channels(const std::vector<ChannelStore::Definition>& remembered,
                       const std::vector<std::string>& names);

  const std::shared_ptr<Scheduler> scheduler_;
  const std::shared_ptr<NamingRegistrar> registrar_;
  Adapter adapter_;
  std::shared_ptr<ChannelDirectory> directory_;
  corbel_events::ChannelFactory factory_;
};

}  // namespace corbel::event_service
