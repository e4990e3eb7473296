#include "event-service/service.hpp"

#include "event-service/core/log.hpp"
#include "event-service/servants/factory_servant.hpp"
#include "event-service/store/memory.hpp"

#include <utility>

namespace corbel::event_service {
namespace {

/// Our upcalls never wait, so few threads do; per object, so that each supplier's pushes keep their
/// order even when it does not wait for their answers.
constexpr ThreadPerObject kDispatch{.queue = 1024, .max_threads = 16};
constexpr std::chrono::seconds kNamingPatience{3};
constexpr std::chrono::seconds kFarewellPatience{1};

}  // namespace

EventService::EventService(Orb& orb, ServiceOptions options)
    : scheduler_(std::make_shared<Scheduler>()),
      registrar_(options.naming.empty() ? nullptr
                                        : std::make_shared<NamingRegistrar>(orb, options.naming,
                                                                            options.naming_check)),
      adapter_(orb.create_adapter("events", {.dispatch = kDispatch})) {
  const auto store = options.store ? options.store : std::make_shared<MemoryStore>();
  directory_ = std::make_shared<ChannelDirectory>(
      adapter_, scheduler_, options.defaults, store,
      [registrar = registrar_](const std::string& name, const Object& channel) {
        if (registrar) registrar->set(name, channel);
      });
  factory_ = adapter_.activate_well_known<corbel_events::ChannelFactory>(
      kFactory, std::make_shared<FactoryServant>(directory_));
  create_channels(store->load(), options.channels);
  if (registrar_) registrar_->set(kFactory, factory_);
}

EventService::~EventService() { stop(); }

void EventService::create_channels(const std::vector<ChannelStore::Definition>& remembered,
                                   const std::vector<std::string>& names) {
  directory_->create(kDefaultChannel, directory_->default_policy(), {kServiceKey});
  for (const auto& definition : remembered) {
    if (!directory_->find(definition.name)) directory_->create(definition.name, definition.queue);
  }
  for (const auto& name : names) {
    if (directory_->find(name)) continue;  // said twice, or the default one by its name
    try {
      directory_->create(name, directory_->default_policy());
    } catch (const corbel_events::InvalidChannelName& invalid) {
      throw BadParam("channel name \"" + name + "\": " + invalid.reason);
    }
  }
}

void EventService::start() {
  adapter_.activate_requests();
  if (registrar_ && !registrar_->wait_until_done(kNamingPatience)) {
    log(LogLevel::warn, "going on; not every name is bound in the naming service yet");
  }
}

void EventService::stop() {
  if (!directory_) return;
  if (registrar_) registrar_->stop();
  directory_->close_all();
  scheduler_->wait_until_idle(kFarewellPatience);  // the farewells are on their way
  scheduler_->stop();
  adapter_.destroy();
  directory_.reset();
}

}  // namespace corbel::event_service
