#include "event-service/channel_directory.hpp"

#include "event-service/servants/admins.hpp"
#include "event-service/servants/channel_servant.hpp"

#include <algorithm>
#include <utility>

namespace corbel::event_service {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kMostChannels = 10'000;

}  // namespace

std::optional<std::string> channel_name_fault(std::string_view name) {
  if (name.empty()) return "a channel name is not empty";
  if (name.size() > kLongestName) return "a channel name has at most 255 octets";
  const bool control = std::any_of(name.begin(), name.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7f;
  });
  if (control) return "a channel name has no control characters";
  return std::nullopt;
}

ChannelDirectory::ChannelDirectory(const Adapter& adapter, std::shared_ptr<Scheduler> scheduler,
                                   ChannelConfig defaults, std::shared_ptr<ChannelStore> store,
                                   Listener listener)
    : adapter_(adapter),
      scheduler_(std::move(scheduler)),
      defaults_(std::move(defaults)),
      store_(std::move(store)),
      listener_(std::move(listener)),
      keeper_(std::make_shared<ProxyKeeper>(adapter)) {}

corbel_events::Channel ChannelDirectory::create(const std::string& name, QueuePolicy policy,
                                                const std::vector<std::string>& more_keys) {
  if (const auto fault = channel_name_fault(name)) throw corbel_events::InvalidChannelName(*fault);
  corbel_events::Channel object;
  {
    std::lock_guard lock(mutex_);
    if (const auto found = entries_.find(name); found != entries_.end()) {
      throw corbel_events::ChannelExists(found->second.object);
    }
    if (entries_.size() >= kMostChannels)
      throw ImpLimit("10,000 channels are the most; destroy some first");
    std::vector<std::string> keys{name};
    keys.insert(keys.end(), more_keys.begin(), more_keys.end());
    Entry entry = activate(name, policy, keys);
    object = entry.object;
    entries_.emplace(name, std::move(entry));
    store_->put({name, policy});
    listener_(name, object);
  }
  log(LogLevel::info, "channel " + name + " created");
  return object;
}

ChannelDirectory::Entry ChannelDirectory::activate(const std::string& name, QueuePolicy policy,
                                                   const std::vector<std::string>& keys) {
  ChannelConfig config = defaults_;
  config.name = name;
  config.queue = policy;
  Entry entry;
  entry.channel = std::make_shared<Channel>(std::move(config), scheduler_);
  ChannelServant::Admins admins;
  admins.suppliers = adapter_.activate<CosEventChannelAdmin::SupplierAdmin>(
      std::make_shared<SupplierAdmin>(entry.channel, keeper_));
  admins.consumers = adapter_.activate<CosEventChannelAdmin::ConsumerAdmin>(
      std::make_shared<ConsumerAdmin>(entry.channel, keeper_));
  entry.active = {admins.suppliers, admins.consumers};
  const auto servant = std::make_shared<ChannelServant>(
      entry.channel, admins, [weak = weak_from_this(), channel = entry.channel] {
        if (auto directory = weak.lock()) directory->destroy(channel);
      });
  // The reference given out names this very channel: once destroyed, OBJECT_NOT_EXIST for ever,
  // also when another takes its name. The plain keys are for whoever knows only the name.
  entry.object = adapter_.activate<corbel_events::Channel>(servant);
  entry.active.push_back(entry.object);
  try {
    for (const auto& key : keys) {
      entry.active.push_back(adapter_.activate_well_known<corbel_events::Channel>(key, servant));
    }
  } catch (const ObjectAlreadyActive&) {
    for (const auto& object : entry.active) adapter_.deactivate(object);
    throw corbel_events::InvalidChannelName("the name " + name +
                                            " is the key of another object of this service");
  }
  return entry;
}

std::optional<corbel_events::Channel> ChannelDirectory::find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second.object);
}

std::vector<std::string> ChannelDirectory::names() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  all.reserve(entries_.size());
  for (const auto& [name, entry] : entries_) all.push_back(name);
  return all;
}

bool ChannelDirectory::destroy(const std::string& name) {
  std::shared_ptr<Channel> channel;
  {
    std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end()) return false;
    channel = take_out(found);
  }
  channel->close();
  log(LogLevel::info, "channel " + name + " destroyed");
  return true;
}

void ChannelDirectory::destroy(const std::shared_ptr<Channel>& channel) {
  const std::string& name = channel->config().name;
  {
    std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.channel != channel) return;
    take_out(found);
  }
  channel->close();
  log(LogLevel::info, "channel " + name + " destroyed");
}

// Under the lock, so that the name can be created again only when its key is free, and whoever is
// told hears of the end before the new beginning.
std::shared_ptr<Channel> ChannelDirectory::take_out(Entries::iterator entry) {
  const auto node = entries_.extract(entry);
  store_->erase(node.key());
  for (const auto& object : node.mapped().active) adapter_.deactivate(object);
  listener_(node.key(), Object());
  return node.mapped().channel;
}

void ChannelDirectory::close_all() {
  std::vector<std::shared_ptr<Channel>> channels;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : entries_) channels.push_back(entry.channel);
  }
  for (const auto& channel : channels) channel->close();
}

}  // namespace corbel::event_service
