#pragma once

#include <corbel/reference.hpp>

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/client_connection.hpp>
#include <orb/transport/hangup_watch.hpp>
#include <orb/transport/transport.hpp>

#include <condition_variable>
#include <map>
#include <memory>
#include <thread>
#include <vector>

namespace corbel::connection {

/// What the next request on a connection will be; decides which connection is best.
enum class Use : std::uint8_t { wait, oneway, async };

/// The client connections of one Orb, by endpoint. Concurrent calls get connections of their own,
/// so that none waits behind another at a server which works one connection after the other; beyond
/// the maximum they share. A thread keeps to its connection, so its one-way and other calls arrive
/// in order. Threads: any.
class ConnectionPool {
 private:
  struct Entry;
  struct Place;

 public:
  /// `offer` null: servers may not call back over these connections.
  ConnectionPool(transport::Transport& transport, transport::Reactor& reactor, const Limits& limits,
                 std::size_t max_per_endpoint, CallbackOffer* offer = nullptr);
  ~ConnectionPool();

  /// A connection on loan for one request.
  class Lease {
   public:
    Lease() = default;
    explicit Lease(std::shared_ptr<Entry> entry) : entry_(std::move(entry)) {}
    /// A connection that is no pool's.
    explicit Lease(std::shared_ptr<OutgoingCalls> other) : other_(std::move(other)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) noexcept = default;
    OutgoingCalls* operator->() const noexcept { return &**this; }
    OutgoingCalls& operator*() const noexcept;
    std::shared_ptr<OutgoingCalls> share() const;
    explicit operator bool() const noexcept { return entry_ != nullptr || other_ != nullptr; }

   private:
    friend class ConnectionPool;
    std::shared_ptr<Entry> entry_;
    std::shared_ptr<OutgoingCalls> other_;
  };

  /// Where the connections to one endpoint are kept; who calls there often keeps it, so that it
  /// need not be looked for. Null: the pool is closed.
  using PlacePointer = std::shared_ptr<Place>;
  PlacePointer place_for(const Endpoint& endpoint, const ior::TransmissionCodeSets& code_sets);

  /// A live connection, made if need be. On failure the lease is empty and `failure` says why.
  Lease acquire(const Endpoint& endpoint, const ior::TransmissionCodeSets& code_sets, Use use,
                Deadline deadline, transport::ConnectResult& failure);
  /// The same for a place of this pool.
  Lease acquire(const PlacePointer& place, Use use, Deadline deadline,
                transport::ConnectResult& failure);
  /// A connection that was in use a moment ago and waits for nobody: the cheap case. Empty when
  /// there is none; ask acquire() then.
  static Lease acquire_hot(Place& place, Use use, SteadyClock::time_point now);

  /// A live connection that stands already; never waits. Empty if there is none.
  Lease acquire_existing(const Endpoint& endpoint, const ior::TransmissionCodeSets& code_sets,
                         Use use);

  /// Closes everything; later acquisitions fail.
  void close();
  std::size_t size() const;
  ClientCounters& counters() noexcept { return counters_; }

 private:
  /// Of an entry among those of its place, whose lock is held.
  static std::size_t leases_of(const std::shared_ptr<Entry>& entry) noexcept;
  Lease choose(Place& place, Use use, bool* connect_more);
  static void discard(Place& place, const Lease& lease);
  Lease connect(const std::shared_ptr<Place>& place, Use use, Deadline deadline,
                transport::ConnectResult& failure);
  void schedule_sweep() CORBEL_REQUIRES(mutex_);
  void sweep();

  transport::Transport& transport_;
  transport::Reactor& reactor_;
  const Limits limits_;
  const std::size_t max_per_endpoint_;
  CallbackOffer* const offer_;
  const std::shared_ptr<transport::HangupWatch> hangups_;
  ClientCounters counters_;

  struct Key {
    Endpoint endpoint;
    cdr::CodeSet chars;
    cdr::CodeSet wchars;
    auto operator<=>(const Key&) const = default;
  };
  mutable Mutex mutex_;
  std::map<Key, std::shared_ptr<Place>> places_ CORBEL_GUARDED_BY(mutex_);
  bool closed_ CORBEL_GUARDED_BY(mutex_) = false;
  bool sweeping_ CORBEL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<bool> alive_;  // the sweep's timer may fire when the pool is gone
};

}  // namespace corbel::connection
