#include <orb/connection/connection_pool.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/upcall_thread.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace corbel::connection {

namespace {
// A call made inside an upcall may be what an earlier call waits for; it must not queue behind that
// one, so it may go beyond the usual maximum.
constexpr std::size_t kNestedFactor = 16;
// Of connections that are only kept for calls back, for one endpoint.
constexpr std::size_t kSetAside = 16;
// After this time a call back is hardly on its way over one of them.
constexpr std::chrono::seconds kRested{30};
}  // namespace

struct ConnectionPool::Entry {
  Entry(std::shared_ptr<ClientConnection> made, std::shared_ptr<transport::HangupWatch> watch)
      : connection(std::move(made)), hangups(std::move(watch)) {}
  ~Entry() { hangups->remove(hangup, connection->native_handle()); }

  const std::shared_ptr<ClientConnection> connection;
  const std::shared_ptr<transport::HangupWatch> hangups;
  transport::HangupWatch::Id hangup = 0;
  std::thread::id last_thread;
  bool ordered = false;  // last used for a request that nobody waited for

  void take(std::thread::id by, Use use) {
    last_thread = by;
    ordered = use != Use::wait;
  }
};

struct ConnectionPool::Place {
  Endpoint endpoint;
  ior::TransmissionCodeSets code_sets;
  Mutex mutex;
  Condition changed;
  std::vector<std::shared_ptr<Entry>> entries CORBEL_GUARDED_BY(mutex);
  /// Not for our calls any more, but the server may be calling back over them.
  std::deque<std::shared_ptr<Entry>> set_aside CORBEL_GUARDED_BY(mutex);
  std::size_t connecting CORBEL_GUARDED_BY(mutex) = 0;

  /// What is closed goes, with its descriptor.
  void drop_closed() {
    std::vector<std::shared_ptr<Entry>> closed;  // let go without the lock
    MutexLock lock(mutex);
    const auto is_closed = [&](const auto& entry) {
      if (!entry->connection->is_closed()) return false;
      closed.push_back(entry);
      return true;
    };
    std::erase_if(entries, is_closed);
    std::erase_if(set_aside, is_closed);
    lock.unlock();
  }

  void end_connecting() CORBEL_REQUIRES(mutex) {
    --connecting;
    changed.notify_all();
  }
};

CORBEL_HOT OutgoingCalls& ConnectionPool::Lease::operator*() const noexcept {
  if (entry_) return *entry_->connection;
  return *other_;
}
std::shared_ptr<OutgoingCalls> ConnectionPool::Lease::share() const {
  return entry_ ? entry_->connection : other_;
}

ConnectionPool::ConnectionPool(transport::Transport& transport, transport::Reactor& reactor,
                               const Limits& limits, std::size_t max_per_endpoint,
                               CallbackOffer* offer)
    : transport_(transport),
      reactor_(reactor),
      limits_(limits),
      max_per_endpoint_(std::max<std::size_t>(max_per_endpoint, 1)),
      offer_(offer),
      hangups_(std::make_shared<transport::HangupWatch>(reactor)),
      alive_(std::make_shared<bool>(true)) {}

ConnectionPool::~ConnectionPool() { close(); }

ConnectionPool::PlacePointer ConnectionPool::place_for(const Endpoint& endpoint,
                                                       const ior::TransmissionCodeSets& code_sets) {
  MutexLock lock(mutex_);
  if (closed_) return nullptr;
  auto& place = places_[{endpoint, code_sets.chars, code_sets.wchars}];
  if (!place) {
    place = std::make_shared<Place>();
    place->endpoint = endpoint;
    place->code_sets = code_sets;
    schedule_sweep();  // forgets it again when it is not used
  }
  return place;
}

// One reference is the place's; each of the others is a lease. Leases are taken under the lock and
// given back without.
CORBEL_HOT std::size_t ConnectionPool::leases_of(const std::shared_ptr<Entry>& entry) noexcept {
  return static_cast<std::size_t>(entry.use_count()) - 1;
}

ConnectionPool::Lease ConnectionPool::choose(Place& place, Use use, bool* connect_more) {
  const auto self = std::this_thread::get_id();
  const bool nested = UpcallThread::current().depth != 0;
  MutexLock lock(place.mutex);
  std::erase_if(place.entries, [](const auto& entry) { return entry->connection->is_closed(); });
  const std::shared_ptr<Entry>* best = nullptr;
  const std::shared_ptr<Entry>* shared = nullptr;
  const std::shared_ptr<Entry>* full = nullptr;
  for (const auto& entry : place.entries) {
    // An asynchronous caller must not wait: many calls that get no answer (stuck event consumers in
    // one process) would hold up those that would.
    // Requests about to be sent (leases) count: two callers must not see the same last place.
    if (use == Use::async &&
        entry->connection->outstanding() + leases_of(entry) >= limits_.own_requests_in_flight) {
      full = &entry;
      continue;
    }
    const bool mine = entry->last_thread == self;
    const auto leases = leases_of(entry);
    if (mine && (leases == 0 || entry->ordered)) {
      best = &entry;
      break;
    }
    if (leases == 0 && best == nullptr) best = &entry;
    if (shared == nullptr || leases < leases_of(*shared)) shared = &entry;
  }
  const auto limit = max_per_endpoint_ * (nested ? kNestedFactor : 1);
  if (connect_more != nullptr && best == nullptr &&
      place.entries.size() + place.connecting < limit) {
    *connect_more = true;
    ++place.connecting;
    return {};
  }
  if (best == nullptr) best = shared;
  if (best == nullptr && place.entries.size() + place.connecting >= limit) best = full;
  if (best == nullptr) return {};
  (*best)->take(self, use);
  return Lease(*best);
}

CORBEL_HOT ConnectionPool::Lease ConnectionPool::acquire_hot(Place& place, Use use,
                                                             SteadyClock::time_point now) {
  const auto self = std::this_thread::get_id();
  MutexLock lock(place.mutex);
  const std::shared_ptr<Entry>* best = nullptr;
  for (const auto& entry : place.entries) {
    const bool is_free = leases_of(entry) == 0;
    const bool mine = entry->last_thread == self && (is_free || entry->ordered);
    if (!mine && (!is_free || best != nullptr)) continue;
    best = &entry;
    if (mine) break;
  }
  if (best == nullptr || !(*best)->connection->is_hot(now)) return {};
  (*best)->take(self, use);
  return Lease(*best);
}

ConnectionPool::Lease ConnectionPool::acquire(const Endpoint& endpoint,
                                              const ior::TransmissionCodeSets& code_sets, Use use,
                                              Deadline deadline,
                                              transport::ConnectResult& failure) {
  return acquire(place_for(endpoint, code_sets), use, deadline, failure);
}

ConnectionPool::Lease ConnectionPool::acquire(const PlacePointer& place, Use use, Deadline deadline,
                                              transport::ConnectResult& failure) {
  if (!place) {
    failure.error = "the Orb is shut down";
    return {};
  }
  for (;;) {
    bool connect_more = false;
    auto lease = choose(*place, use, &connect_more);
    if (connect_more) return connect(place, use, deadline, failure);
    if (!lease) {
      // Others are connecting for the same endpoint and no connection stands yet.
      MutexLock lock(place->mutex);
      while (place->entries.empty() && place->connecting != 0 && !deadline.has_passed()) {
        place->changed.wait_until(lock, deadline.at());
      }
      if (!deadline.has_passed()) continue;
      failure.timed_out = true;
      failure.error = "timed out";
      return {};
    }
    if (lease.entry_->connection->check_usable()) return lease;
    discard(*place, lease);
  }
}

// Closed by the peer, or a call on it got no answer: the next ones do not wait for it.
void ConnectionPool::discard(Place& place, const Lease& lease) {
  const auto& entry = lease.entry_;
  bool unused = false;
  std::shared_ptr<Entry> surplus;
  {
    MutexLock lock(place.mutex);
    if (std::erase(place.entries, entry) == 0) return;  // another thread was first
    unused = entry.use_count() == 1;                    // our lease
    if (entry->connection->takes_callbacks() && !entry->connection->is_closed()) {
      unused = false;
      place.set_aside.push_back(entry);
      const auto idle =
          std::find_if(place.set_aside.begin(), place.set_aside.end(), [](const auto& kept) {
            const auto& connection = *kept->connection;
            return connection.is_idle() && connection.last_used() < SteadyClock::now() - kRested;
          });
      if (place.set_aside.size() > kSetAside && idle != place.set_aside.end()) {
        surplus = std::move(*idle);
        place.set_aside.erase(idle);
      }
    }
  }
  if (unused && entry->connection->outstanding() == 0)
    entry->connection->close("not used any more");
  if (surplus) surplus->connection->close_in_order("too many like it");
}

ConnectionPool::Lease ConnectionPool::acquire_existing(const Endpoint& endpoint,
                                                       const ior::TransmissionCodeSets& code_sets,
                                                       Use use) {
  const auto place = place_for(endpoint, code_sets);
  while (place) {
    auto lease = choose(*place, use, nullptr);
    if (!lease) break;
    if (lease.entry_->connection->check_usable()) return lease;
    discard(*place, lease);
  }
  return {};
}

ConnectionPool::Lease ConnectionPool::connect(const std::shared_ptr<Place>& place, Use use,
                                              Deadline deadline,
                                              transport::ConnectResult& failure) {
  const auto until = earlier(deadline, Deadline::after(limits_.connect_timeout));
  transport::ConnectResult result;
  try {
    result = transport_.connect(place->endpoint, until);
  } catch (const std::exception& error) {  // no memory, no thread for the resolver
    result.error = error.what();
  }
  if (!result.stream) {
    MutexLock lock(place->mutex);
    place->end_connecting();
    failure = std::move(result);
    return {};
  }
  auto entry =
      std::make_shared<Entry>(std::make_shared<ClientConnection>(std::move(result.stream), limits_,
                                                                 reactor_, counters_, offer_),
                              hangups_);
  entry->connection->code_sets = place->code_sets;
  entry->take(std::this_thread::get_id(), use);
  entry->hangup = hangups_->add(entry->connection->native_handle(),
                                [weak = std::weak_ptr<ClientConnection>(entry->connection),
                                 weak_place = std::weak_ptr<Place>(place)] {
                                  const auto connection = weak.lock();
                                  const auto its_place = weak_place.lock();
                                  if (connection) connection->on_hangup();
                                  if (its_place) its_place->drop_closed();
                                });
  {
    MutexLock lock(mutex_);
    if (closed_) {
      MutexLock place_lock(place->mutex);
      place->end_connecting();
      failure.error = "the Orb is shut down";
      return {};
    }
    schedule_sweep();
    MutexLock place_lock(place->mutex);
    place->end_connecting();
    place->entries.push_back(entry);
  }
  return Lease(std::move(entry));
}

void ConnectionPool::schedule_sweep() {
  if (sweeping_ || closed_) return;
  sweeping_ = true;
  reactor_.call_at(SteadyClock::now() + limits_.idle_timeout / 2,
                   [this, alive = std::weak_ptr<bool>(alive_)] {
                     if (const auto still = alive.lock()) sweep();
                   });
}

void ConnectionPool::sweep() {
  std::vector<std::shared_ptr<ClientConnection>> idle;
  {
    MutexLock lock(mutex_);
    sweeping_ = false;
    bool any = false;
    const auto before = SteadyClock::now() - limits_.idle_timeout;
    for (auto at = places_.begin(); at != places_.end();) {
      const auto place = at->second;
      MutexLock place_lock(place->mutex);
      std::erase_if(place->entries, [&](const auto& entry) {
        // One that a server may call back over is the server's to close.
        const bool unused = leases_of(entry) == 0 && entry->connection->last_used() < before &&
                            entry->connection->outstanding() == 0 &&
                            !entry->connection->takes_callbacks();
        if (unused) idle.push_back(entry->connection);
        return unused;
      });
      // Two: the map's and ours. Nobody else is about to connect there.
      const bool deserted = place->entries.empty() && place->set_aside.empty() &&
                            place->connecting == 0 && place.use_count() == 2;
      any = any || !deserted;
      at = deserted ? places_.erase(at) : std::next(at);
    }
    if (any) schedule_sweep();
  }
  for (const auto& connection : idle) connection->close("idle");
}

void ConnectionPool::close() {
  std::map<Key, std::shared_ptr<Place>> places;
  {
    MutexLock lock(mutex_);
    closed_ = true;
    places.swap(places_);
    alive_.reset();
  }
  for (auto& [key, place] : places) {
    std::vector<std::shared_ptr<Entry>> entries;
    {
      MutexLock lock(place->mutex);
      entries.swap(place->entries);
      entries.insert(entries.end(), place->set_aside.begin(), place->set_aside.end());
      place->set_aside.clear();
    }
    for (const auto& entry : entries) entry->connection->close_in_order("the Orb is shut down");
  }
}

std::size_t ConnectionPool::size() const {
  MutexLock lock(mutex_);
  std::size_t count = 0;
  for (const auto& [key, place] : places_) {
    MutexLock place_lock(place->mutex);
    count += place->entries.size();
  }
  return count;
}

}  // namespace corbel::connection
