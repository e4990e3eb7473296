#pragma once

#include "event-service/core/channel.hpp"
#include "event-service/servants/proxy_keeper.hpp"
#include "event-service/store/channel_store.hpp"

#include <events.idl.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::event_service {

/// The channels of this service by name, each callable under its name as a plain key
/// (corbaloc:iiop:host:port/NAME). Threads: any.
class ChannelDirectory : public std::enable_shared_from_this<ChannelDirectory> {
 public:
  /// Told after a channel came or went (then with nil), in that order: it is called under the
  /// directory's lock, so it must not call the directory.
  using Listener = std::function<void(const std::string& name, const Object& channel)>;

  ChannelDirectory(const Adapter& adapter, std::shared_ptr<Scheduler> scheduler,
                   ChannelConfig defaults, std::shared_ptr<ChannelStore> store, Listener listener);

  /// `more_keys` are further plain keys of the same channel.
  /// Throws corbel_events::ChannelExists and InvalidChannelName.
  corbel_events::Channel create(const std::string& name, QueuePolicy policy,
                                const std::vector<std::string>& more_keys = {});
  std::optional<corbel_events::Channel> find(const std::string& name) const;
  std::vector<std::string> names() const;
  /// False if there is none of that name.
  bool destroy(const std::string& name);
  /// Destroys this very channel if it is still there, never another that has taken its name since.
  void destroy(const std::shared_ptr<Channel>& channel);
  /// Disconnects everybody; the definitions stay in the store.
  void close_all();
  const QueuePolicy& default_policy() const noexcept { return defaults_.queue; }

 private:
  struct Entry {
    std::shared_ptr<Channel> channel;
    corbel_events::Channel object;
    std::vector<Object> active;  ///< to deactivate with the channel
  };

  using Entries = std::map<std::string, Entry>;

  Entry activate(const std::string& name, QueuePolicy policy, const std::vector<std::string>& keys);
  std::shared_ptr<Channel> take_out(Entries::iterator entry);

  Adapter adapter_;
  const std::shared_ptr<Scheduler> scheduler_;
  const ChannelConfig defaults_;
  const std::shared_ptr<ChannelStore> store_;
  const Listener listener_;
  const std::shared_ptr<ProxyKeeper> keeper_;
  mutable std::mutex mutex_;
  Entries entries_;  // under mutex_
};

/// Why the text cannot name a channel, or nothing.
std::optional<std::string> channel_name_fault(std::string_view name);

}  // namespace corbel::event_service
