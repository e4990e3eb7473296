#include <orb/adapter/request_router.hpp>

#include <orb/adapter/recent_destinations.hpp>
#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/cdr/encoder_lease.hpp>
#include <orb/giop/reply.hpp>
#include <orb/ior/object_key.hpp>

#include <algorithm>
#include <utility>

namespace corbel::adapter {

using connection::IncomingMessage;

namespace {

std::string printable(std::string_view key) {
  return ObjectId(std::string(key.substr(0, 64))).to_string();
}

}  // namespace

RequestRouter::RequestRouter(const Limits& limits, const std::weak_ptr<detail::OrbCore>& orb,
                             const cdr::Decoder::Factories* value_factories)
    : limits_(limits), orb_(orb), value_factories_(value_factories) {
  begin_edition();
}

void RequestRouter::begin_edition() noexcept {
  static std::atomic<std::uint64_t> last{0};
  edition_.store(last.fetch_add(1, std::memory_order_relaxed) + 1, std::memory_order_release);
}

void RequestRouter::add(std::shared_ptr<detail::AdapterCore> adapter) {
  MutexLock lock(mutex_);
  const auto spare = std::max(spare_threads_.load(), adapter->dispatcher().spare_threads());
  const auto name = adapter->name();
  if (!adapters_.emplace(name, std::move(adapter)).second) {
    throw BadParam("an adapter named \"" + name + "\" exists in this Orb");
  }
  spare_threads_.store(spare);
}

void RequestRouter::remove(const std::string& name) {
  std::vector<Destination> gone;  // let go of without the lock
  MutexLock lock(mutex_);
  const auto found = adapters_.find(name);
  if (found == adapters_.end()) return;
  for (auto key = keys_.begin(); key != keys_.end();) {
    if (key->second.adapter == found->second) {
      gone.push_back(std::move(key->second));
      key = keys_.erase(key);
    } else {
      ++key;
    }
  }
  adapters_.erase(found);
  begin_edition();
  lock.unlock();
}

std::shared_ptr<detail::AdapterCore> RequestRouter::find_adapter(std::string_view name) const {
  MutexLock lock(mutex_);
  const auto found = adapters_.find(name);
  return found == adapters_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<detail::AdapterCore>> RequestRouter::adapters() const {
  MutexLock lock(mutex_);
  std::vector<std::shared_ptr<detail::AdapterCore>> all;
  for (const auto& [name, adapter] : adapters_) all.push_back(adapter);
  return all;
}

void RequestRouter::add_key(const std::string& key, std::shared_ptr<detail::AdapterCore> adapter,
                            std::shared_ptr<ActiveObject> object) {
  MutexLock lock(mutex_);
  if (!keys_.emplace(key, Destination{std::move(adapter), std::move(object), {}}).second) {
    throw ObjectAlreadyActive("the key \"" + key + "\" is in use in this Orb");
  }
}

void RequestRouter::remove_key(const std::string& key, const ActiveObject* object) {
  Destination gone;  // let go of without the lock
  MutexLock lock(mutex_);
  begin_edition();
  const auto found = keys_.find(key);
  if (found == keys_.end() || found->second.object.get() != object) return;
  gone = std::move(found->second);
  keys_.erase(found);
  lock.unlock();
}

void RequestRouter::clear_keys() {
  KeyMap<Destination> keys;
  MutexLock lock(mutex_);
  keys.swap(keys_);
  begin_edition();
  lock.unlock();
}

CORBEL_HOT Destination RequestRouter::find(std::string_view object_key) const {
  // Read before the tables: what goes meanwhile is of the next edition.
  const auto edition = edition_.load(std::memory_order_acquire);
  auto* const recent = RecentDestinations::of_this_thread();
  Destination found;
  if (recent != nullptr && recent->find(edition, object_key, found)) return found;
  found = find_in_tables(object_key);
  if (recent != nullptr && found.object) recent->remember(edition, object_key, found);
  return found;
}

Destination RequestRouter::find_in_tables(std::string_view object_key) const {
  Destination destination;
  const auto key = ior::view_object_key(object_key);
  {
    MutexLock lock(mutex_);
    if (!key) {
      const auto found = keys_.find(object_key);
      if (found != keys_.end()) destination = found->second;
    } else {
      const auto found = adapters_.find(key->adapter);
      if (found != adapters_.end()) destination.adapter = found->second;
    }
  }
  if (!destination.adapter) {
    // A server that is starting has not created everything yet; only a transient adapter's key
    // surely belongs to the past.
    if (key ? key->persistent : !running_.load()) {
      throw Transient("this server knows no object \"" + printable(object_key) +
                          "\" yet; is it still starting?",
                      Completion::no);
    }
    throw ObjectNotExist(
        key ? "the adapter \"" + std::string(key->adapter) + "\" of this reference is gone"
            : "no object with the key \"" + printable(object_key) + "\"",
        Completion::no);
  }
  auto& adapter = *destination.adapter;
  if (key && key->timestamp != adapter.timestamp()) {
    throw ObjectNotExist(
        "the reference is from an earlier incarnation of the adapter \"" + adapter.name() + "\"",
        Completion::no);
  }
  adapter.require_admission();
  const bool late = adapter.finds_late();
  if (key && !late) destination.object = adapter.find(key->id);
  if (!late && destination.object && destination.object->active.load(std::memory_order_acquire))
    return destination;
  // A plain key is the id of its object.
  if (!(key ? adapter.has_manager() : late)) {
    throw ObjectNotExist("no object " + printable(key ? key->id : object_key) +
                             " in the adapter \"" + adapter.name() + "\"",
                         Completion::no);
  }
  destination.object = nullptr;
  destination.id = ObjectId(std::string(key ? key->id : object_key));
  return destination;
}

CORBEL_HOT cdr::Decoder RequestRouter::decoder_for(const connection::ReplyChannel& channel,
                                                   const IncomingMessage& message) const noexcept {
  return message.decoder(channel.code_sets(), {limits_.materialized_octets, limits_.objects,
                                               limits_.value_depth, limits_.type_code_depth});
}

CORBEL_HOT connection::Verdict RequestRouter::handle_request(const Channel& channel,
                                                             IncomingMessage& message,
                                                             bool own_thread, bool last_try) {
  auto request =
      IncomingRequest::make(channel, [&]() noexcept { return decoder_for(*channel, message); });
  auto& decoder = request->arguments();
  auto& header = request->header();
  if (!giop::decode_request_header(decoder, header)) {
    // Without a header nothing is known but, perhaps, the request id.
    answer(*channel, message, header,
           Marshal("the request's header: " + std::string(decoder.failure()), Completion::no));
    return Verdict::taken;
  }
  if (header.needs_key_addressing) {
    cdr::EncoderLease reply;
    giop::write_needs_addressing_mode_reply(*reply, header.request_id);
    channel->send_reply(*reply, header.request_id);
    return Verdict::taken;
  }
  try {
    if (!header.service_contexts.empty()) {
      accept_code_sets(*channel, header, decoder);
      accept_listen_points(*channel, header, decoder);
    }
    decoder.set_orb(&orb_);
    decoder.set_value_factories(value_factories_);
    decoder.set_reference_origin(channel->reference_origin());
    auto destination = find(header.object_key);
    request->accept(std::move(message), std::move(destination));
  } catch (const SystemException& exception) {
    answer(*channel, message, header, exception);
    return Verdict::taken;
  }
  return dispatch(std::move(request), message, own_thread, last_try);
}

// From here on the request answers for itself.
CORBEL_HOT connection::Verdict RequestRouter::dispatch(RequestPointer request,
                                                       IncomingMessage& message, bool own_thread,
                                                       bool last_try) {
  auto& adapter = request->core();
  auto outcome = Dispatcher::Outcome::full;
  try {
    outcome = admit(request, own_thread);
  } catch (const SystemException& exception) {
    request->refuse(exception);
    return Verdict::taken;
  } catch (const std::exception& error) {
    request->refuse(could_not_start(error));
    return Verdict::taken;
  }
  if (outcome == Dispatcher::Outcome::taken) return Verdict::taken;
  if (outcome == Dispatcher::Outcome::needs_own_thread) {
    message = request->surrender();
    return Verdict::needs_own_thread;
  }
  if (request->response_expected()) {
    adapter.count_refused();
    request->refuse(Transient(
        "the adapter \"" + adapter.name() + "\" has no room for more requests; try again later",
        Completion::no));
    return Verdict::taken;
  }
  if (last_try) {
    adapter.count_dropped_oneway(request->operation());
    return Verdict::taken;
  }
  message = request->surrender();
  return Verdict::hold_back;
}

CORBEL_HOT Dispatcher::Outcome RequestRouter::admit(RequestPointer& request, bool own_thread) {
  auto& adapter = request->core();
  auto& dispatcher = adapter.dispatcher();
  if (adapter.state() == AdapterState::holding && adapter.gate().has_room()) {
    if (!dispatcher.runs_on_connection_threads()) {
      if (adapter.gate().hold(request)) return Dispatcher::Outcome::taken;
    } else if (own_thread) {
      const auto deadline = request->deadline();
      adapter.gate().wait(deadline ? Deadline(*deadline) : Deadline::after(limits_.call_timeout));
    } else {
      return Dispatcher::Outcome::needs_own_thread;
    }
  }
  // Asked now that the adapter counts the request: one that ends meanwhile either waits for it or
  // turns it away here.
  adapter.require_accepting();
  return dispatcher.dispatch(request, own_thread);
}

// The context rides the first request of a connection and holds for all that follow.
void RequestRouter::accept_code_sets(connection::ReplyChannel& channel,
                                     const giop::RequestHeader& header, cdr::Decoder& decoder) {
  const auto data = header.service_contexts.find(giop::kCodeSets);
  if (!data) return;
  const auto sets = giop::decode_code_sets(*data);
  if (!sets) throw Marshal("the CodeSets service context does not parse", Completion::no);
  if (!ior::can_transmit(*sets)) {
    throw CodesetIncompatible(
        "cannot use " + ior::to_string(sets->chars) + " and " + ior::to_string(sets->wchars),
        Completion::no);
  }
  channel.set_code_sets(*sets);
  auto encoding = decoder.encoding();
  encoding.chars = sets->chars;
  encoding.wchars = sets->wchars;
  decoder.set_encoding(encoding);
}

void RequestRouter::accept_listen_points(connection::ReplyChannel& channel,
                                         const giop::RequestHeader& header,
                                         const cdr::Decoder& decoder) {
  if (decoder.encoding().version < giop::kHighestVersion) return;  // unknown before
  const auto data = header.service_contexts.find(giop::kBiDirIiop);
  if (data && !channel.take_listen_points(*data))
    throw Marshal("the BI_DIR_IIOP service context does not parse", Completion::no);
}

connection::Verdict RequestRouter::refuse_request(const Channel& channel, IncomingMessage& message,
                                                  const std::string& reason) {
  auto decoder = decoder_for(*channel, message);
  giop::RequestHeader header;
  if (giop::decode_request_header(decoder, header) && !header.response_expected())
    return Verdict::hold_back;
  answer(*channel, message, header, Transient(reason + "; try again later", Completion::no));
  channel->request_done(header.request_id);
  return Verdict::taken;
}

void RequestRouter::answer(connection::ReplyChannel& channel, const IncomingMessage& message,
                           const giop::RequestHeader& header, const SystemException& exception) {
  log::debug("adapter", channel.peer(), ": ", header.operation, ": ", exception.what());
  if (!header.response_expected()) return;
  cdr::EncoderLease reply;
  giop::write_system_exception_reply(*reply, message.header.version, header.request_id, exception);
  channel.send_reply(*reply, header.request_id);
}

}  // namespace corbel::adapter
