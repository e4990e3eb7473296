#pragma once

#include "event-service/core/channel_config.hpp"

#include <string>
#include <vector>

namespace corbel::event_service {

/// Where the definitions of channels are kept. The service asks once at its start and tells each
/// change before it answers the client that made it. Threads: any.
class ChannelStore {
 public:
  struct Definition {
    std::string name;
    QueuePolicy queue;
  };

  virtual ~ChannelStore() = default;
  virtual std::vector<Definition> load() = 0;
  virtual void put(const Definition& definition) = 0;
  virtual void erase(const std::string& name) = 0;
};

}  // namespace corbel::event_service
