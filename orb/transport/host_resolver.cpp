#include <orb/transport/host_resolver.hpp>

#include <orb/base/log.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/worker_threads.hpp>

#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <system_error>
#include <thread>
#include <utility>

namespace corbel::transport {

class HostResolver::State : public std::enable_shared_from_this<HostResolver::State> {
 public:
  struct Answer {
    std::vector<std::string> addresses;
    std::string error;
  };

  State(std::shared_ptr<NameSource> names, Bounds bounds)
      : names_(std::move(names)), bounds_(bounds) {}

  Answer resolve(const std::string& host, Deadline deadline) {
    bool local = false;
    MutexLock lock(mutex_);
    if (!has_room() && !lookups_.contains(host)) {
      lock.unlock();
      local = names_->is_local(host);
      lock.lock();
    }
    if (stopped_) return {{}, kStopped};
    const auto lookup = find_or_begin(host, local);
    if (!lookup) return {{}, "there is no thread to look the name up"};
    join(*lookup);
    while (lookup->stage != Stage::ended && !stopped_ && !deadline.has_passed())
      lookup->changed.wait_until(lock, deadline.at());
    leave(lookup);
    if (lookup->stage == Stage::ended) return lookup->answer;
    return {{}, stopped_ ? kStopped : "the name was not resolved in time"};
  }

  void stop() {
    MutexLock lock(mutex_);
    stopped_ = true;
    for (const auto& [host, lookup] : lookups_) lookup->changed.notify_all();
  }

 private:
  static constexpr const char* kStopped = "the Orb is shut down";

  enum class Stage : std::uint8_t { in_line, running, ended };

  /// One host's; guarded by the mutex.
  struct Lookup {
    Lookup(std::string name, bool local) : host(std::move(name)), counts(!local) {}

    const std::string host;
    const bool counts;  // against the bounds
    Stage stage = Stage::in_line;
    std::size_t callers = 0;
    Answer answer;
    Condition changed;
  };
  using LookupPointer = std::shared_ptr<Lookup>;

  bool has_room() const CORBEL_REQUIRES(mutex_) {
    return wanted_ < bounds_.wanted && threads_ < bounds_.threads;
  }

  bool has_next() const CORBEL_REQUIRES(mutex_) {
    return !stopped_ && !in_line_.empty() && has_room();
  }

  /// Null when there is no thread for it.
  LookupPointer find_or_begin(const std::string& host, bool local) CORBEL_REQUIRES(mutex_) {
    if (const auto found = lookups_.find(host); found != lookups_.end()) return found->second;
    const auto lookup = std::make_shared<Lookup>(host, local);
    const auto place = lookups_.emplace(host, lookup).first;
    if (!local && !has_room()) {
      in_line_.push_back(lookup);
    } else if (!start(lookup)) {
      lookups_.erase(place);
      return nullptr;
    }
    return lookup;
  }

  void join(Lookup& lookup) CORBEL_REQUIRES(mutex_) {
    if (lookup.callers++ == 0 && lookup.stage == Stage::running && lookup.counts) ++wanted_;
  }

  void leave(const LookupPointer& lookup) CORBEL_REQUIRES(mutex_) {
    if (--lookup->callers != 0) return;
    if (lookup->stage == Stage::in_line) {
      std::erase(in_line_, lookup);
      lookups_.erase(lookup->host);
    } else if (lookup->stage == Stage::running && lookup->counts) {
      --wanted_;
      while (has_next() && start(in_line_.front())) in_line_.pop_front();
    }
  }

  bool start(const LookupPointer& lookup) CORBEL_REQUIRES(mutex_) {
    try {
      std::thread([self = shared_from_this(), lookup] {
        name_thread("corbel-resolve");
        self->serve(lookup);
      }).detach();
    } catch (const std::system_error& error) {
      log::error("resolver", "cannot start a thread: ", error.what());
      return false;
    }
    begin(*lookup);
    return true;
  }

  /// It has a thread.
  void begin(Lookup& lookup) CORBEL_REQUIRES(mutex_) {
    lookup.stage = Stage::running;
    if (!lookup.counts) return;
    ++threads_;
    if (lookup.callers != 0) ++wanted_;
  }

  void serve(LookupPointer lookup) {
    while (lookup) {
      Answer answer;
      try {
        answer.addresses = names_->look_up(lookup->host, answer.error);
      } catch (const std::exception& error) {
        answer.error = error.what();
      }
      lookup = end(*lookup, std::move(answer));
    }
  }

  /// The next in line, for the same thread.
  LookupPointer end(Lookup& lookup, Answer answer) {
    MutexLock lock(mutex_);
    lookup.stage = Stage::ended;
    lookup.answer = std::move(answer);
    lookup.changed.notify_all();
    lookups_.erase(lookup.host);
    if (lookup.counts) {
      --threads_;
      if (lookup.callers != 0) --wanted_;
    }
    if (!has_next()) return nullptr;
    auto next = std::move(in_line_.front());
    in_line_.pop_front();
    begin(*next);
    return next;
  }

  const std::shared_ptr<NameSource> names_;
  const Bounds bounds_;
  Mutex mutex_;
  /// Those that have not ended.
  std::map<std::string, LookupPointer> lookups_ CORBEL_GUARDED_BY(mutex_);
  std::deque<LookupPointer> in_line_ CORBEL_GUARDED_BY(mutex_);
  // Of the running lookups that count.
  std::size_t wanted_ CORBEL_GUARDED_BY(mutex_) = 0;
  std::size_t threads_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
};

HostResolver::HostResolver(std::shared_ptr<NameSource> names, Bounds bounds)
    : state_(std::make_shared<State>(std::move(names), bounds)) {}

HostResolver::~HostResolver() { stop(); }

std::vector<std::string> HostResolver::resolve(const std::string& host, Deadline deadline,
                                               std::string& error) {
  auto answer = state_->resolve(host, deadline);
  error = std::move(answer.error);
  return std::move(answer.addresses);
}

void HostResolver::stop() { state_->stop(); }

}  // namespace corbel::transport
