#include <orb/transport/reactor.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/log.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/worker_threads.hpp>

#include <fcntl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <atomic>
#include <map>
#include <thread>
#include <utility>

namespace corbel::transport {

namespace asio = boost::asio;
using boost::system::error_code;

/// Outlives the Reactor as long as a watch refers to it.
class Reactor::State : public std::enable_shared_from_this<Reactor::State> {
 public:
  explicit State(std::string name) : name_(std::move(name)), timer_(io_) {}

  static std::shared_ptr<State> make(std::string name) {
    try {
      return std::make_shared<State>(std::move(name));
    } catch (const boost::system::system_error& error) {
      throw NoResources(std::string("an event loop needs three descriptors: ") + error.what() +
                        "; end something else or allow more (ulimit -n)");
    }
  }

  asio::io_context& io() noexcept { return io_; }

  void start() {
    MutexLock lock(mutex_);
    if (started_ || stopped_) return;
    started_ = true;
    thread_ = std::thread([self = shared_from_this()] { self->run(); });
  }

  bool stop(Deadline deadline) {
    MutexLock lock(mutex_);
    stopped_ = true;
    if (!started_ || !thread_.joinable()) return true;
    io_.stop();
    while (!ended_ && !deadline.has_passed()) thread_ended_.wait_until(lock, deadline.at());
    const bool ended = ended_;
    lock.unlock();
    if (ended) {
      thread_.join();
    } else {
      thread_.detach();  // it keeps this state
    }
    return ended;
  }

  bool is_stopped() {
    MutexLock lock(mutex_);
    return stopped_;
  }

  bool is_current() noexcept { return io_.get_executor().running_in_this_thread(); }

  TimerId call_at(SteadyClock::time_point when, Work work) {
    MutexLock lock(mutex_);
    if (stopped_) return 0;
    const TimerId id = ++last_timer_;
    const auto place = timers_.emplace(std::pair(when, id), std::move(work)).first;
    if (place == timers_.begin()) arm(when);
    return id;
  }

  void cancel(TimerId id) {
    Work dropped;  // destroyed outside the lock
    MutexLock lock(mutex_);
    for (auto timer = timers_.begin(); timer != timers_.end(); ++timer) {
      if (timer->first.second != id) continue;
      dropped = std::move(timer->second);
      timers_.erase(timer);
      break;
    }
    lock.unlock();
  }

  void on_signals(const std::vector<int>& signals, Work work) {
    MutexLock lock(mutex_);
    signals_ = std::make_unique<asio::signal_set>(io_);
    for (const int signal : signals) signals_->add(signal);
    signal_work_ = std::move(work);
    wait_for_signal();
  }

 private:
  void wait_for_signal() CORBEL_REQUIRES(mutex_) {
    signals_->async_wait([self = weak_from_this()](error_code error, int) {
      const auto state = self.lock();
      if (error || !state) return;
      Work work;
      {
        MutexLock lock(state->mutex_);
        work = state->signal_work_;
        state->wait_for_signal();
      }
      work();
    });
  }

  void run() {
    name_thread(name_);
    serve();
    MutexLock lock(mutex_);
    ended_ = true;
    thread_ended_.notify_all();
  }

  void serve() {
    const auto work = asio::make_work_guard(io_);
    while (!is_stopped()) {
      try {
        io_.run();
        return;
      } catch (const std::exception& error) {
        log::error("reactor", "a handler let an exception out: ", error.what());
      } catch (...) {
        log::error("reactor", "a handler let an unknown exception out");
      }
    }
  }

  // Timers are few (deadlines of whole connections, sweeps), so an ordered map will do.
  void arm(SteadyClock::time_point when) CORBEL_REQUIRES(mutex_) {
    timer_.expires_at(when);
    timer_.async_wait([self = weak_from_this()](error_code error) {
      if (error) return;
      if (auto state = self.lock()) state->fire();
    });
  }

  void fire() {
    std::vector<Work> due;
    {
      MutexLock lock(mutex_);
      const auto now = SteadyClock::now();
      while (!timers_.empty() && timers_.begin()->first.first <= now) {
        due.push_back(std::move(timers_.begin()->second));
        timers_.erase(timers_.begin());
      }
      if (!timers_.empty()) arm(timers_.begin()->first.first);
    }
    for (auto& work : due) run_guarded(work);
  }

  // One that fails must not take the others along.
  static void run_guarded(Work& work) noexcept {
    try {
      work();
    } catch (const std::exception& error) {
      log::error("reactor", "a timer let an exception out: ", error.what());
    } catch (...) {
      log::error("reactor", "a timer let an unknown exception out");
    }
  }

  const std::string name_;
  asio::io_context io_{1};
  Mutex mutex_;
  asio::steady_timer timer_ CORBEL_GUARDED_BY(mutex_);
  std::map<std::pair<SteadyClock::time_point, TimerId>, Work> timers_ CORBEL_GUARDED_BY(mutex_);
  std::unique_ptr<asio::signal_set> signals_ CORBEL_GUARDED_BY(mutex_);
  Work signal_work_ CORBEL_GUARDED_BY(mutex_);
  TimerId last_timer_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool started_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
  bool ended_ CORBEL_GUARDED_BY(mutex_) = false;
  Condition thread_ended_;
  std::thread thread_;
};

namespace {

class AsioWatch final : public Watch, public std::enable_shared_from_this<AsioWatch> {
 public:
  AsioWatch(std::shared_ptr<Reactor::State> reactor, int descriptor, Reactor::Work readable,
            Reactor::Work writable)
      : reactor_(std::move(reactor)),
        number_(descriptor),
        descriptor_(reactor_->io()),
        readable_(std::move(readable)),
        writable_(std::move(writable)) {}

  ~AsioWatch() override { stop(); }

  bool when_readable() override {
    MutexLock lock(mutex_);
    if (stopped_ || reading_) return !stopped_;
    reading_ = wait(asio::posix::stream_descriptor::wait_read, &AsioWatch::reading_,
                    &AsioWatch::readable_);
    return reading_;
  }

  bool when_writable() override {
    MutexLock lock(mutex_);
    if (stopped_ || writing_) return !stopped_;
    writing_ = wait(asio::posix::stream_descriptor::wait_write, &AsioWatch::writing_,
                    &AsioWatch::writable_);
    return writing_;
  }

  void pause() override {
    if (!attached_.load(std::memory_order_relaxed)) return;
    MutexLock lock(mutex_);
    if (!writing_) release();
  }

  void stop() override {
    Reactor::Work readable;
    Reactor::Work writable;
    MutexLock lock(mutex_);
    if (stopped_) return;
    stopped_ = true;
    release();
    std::swap(readable, readable_);
    std::swap(writable, writable_);
    lock.unlock();
  }

 private:
  /// Out of the reactor; the descriptor is not ours to close. Waits that were pending come to
  /// nothing.
  void release() CORBEL_REQUIRES(mutex_) {
    if (!descriptor_.is_open()) return;
    descriptor_.release();
    attached_.store(false, std::memory_order_relaxed);
    // Asio has made it non-blocking, which would cost whoever reads it himself a poll() each time.
    const int flags = ::fcntl(number_, F_GETFL);
    if (flags >= 0) ::fcntl(number_, F_SETFL, flags & ~O_NONBLOCK);
    ++round_;
    reading_ = false;
    writing_ = false;
  }

  bool wait(asio::posix::stream_descriptor::wait_type what, bool AsioWatch::*pending,
            Reactor::Work AsioWatch::*work) CORBEL_REQUIRES(mutex_) {
    error_code failed;
    if (!descriptor_.is_open()) descriptor_.assign(number_, failed);
    if (failed) {
      log::error("reactor", "cannot watch a descriptor: ", failed.message());
      return false;
    }
    attached_.store(true, std::memory_order_relaxed);
    descriptor_.async_wait(
        what, [self = weak_from_this(), round = round_, pending, work](error_code error) {
          if (auto watch = self.lock()) watch->on_ready(error, round, pending, work);
        });
    return true;
  }

  void on_ready(error_code error, std::uint64_t round, bool AsioWatch::*pending,
                Reactor::Work AsioWatch::*work) {
    Reactor::Work ready;
    {
      MutexLock lock(mutex_);
      if (stopped_ || round != round_) return;
      this->*pending = false;
      if (error == asio::error::operation_aborted) return;
      ready = this->*work;
    }
    ready();
  }

  const std::shared_ptr<Reactor::State> reactor_;
  const int number_;
  Mutex mutex_;
  asio::posix::stream_descriptor descriptor_ CORBEL_GUARDED_BY(mutex_);
  std::atomic<bool> attached_{false};  // descriptor_ is open
  Reactor::Work readable_ CORBEL_GUARDED_BY(mutex_);
  Reactor::Work writable_ CORBEL_GUARDED_BY(mutex_);
  bool reading_ CORBEL_GUARDED_BY(mutex_) = false;
  bool writing_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
  std::uint64_t round_ CORBEL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

Reactor::Reactor(std::string name, std::shared_ptr<NameSource> names)
    : state_(State::make(std::move(name))), resolver_(std::move(names)) {}

Reactor::~Reactor() { stop(); }

void Reactor::start() { state_->start(); }

bool Reactor::stop(Deadline deadline) {
  stop_resolving();
  return state_->stop(deadline);
}

bool Reactor::post(Work work) {
  if (state_->is_stopped()) return false;
  state_->start();
  asio::post(state_->io(), std::move(work));
  return true;
}

Reactor::TimerId Reactor::call_at(SteadyClock::time_point when, Work work) {
  state_->start();
  return state_->call_at(when, std::move(work));
}

void Reactor::cancel(TimerId timer) { state_->cancel(timer); }

std::shared_ptr<Watch> Reactor::watch(int descriptor, Work readable, Work writable) {
  state_->start();
  return std::make_shared<AsioWatch>(state_, descriptor, std::move(readable), std::move(writable));
}

std::vector<std::string> Reactor::resolve(const std::string& host, Deadline deadline,
                                          std::string& error) {
  error_code not_numeric;
  const auto numeric = asio::ip::make_address(host, not_numeric);
  if (!not_numeric) return {numeric.to_string()};
  if (host.ends_with(".invalid")) {  // RFC 6761, 6.4: no need to ask anybody
    error = "is an address that nobody can connect to";
    return {};
  }
  return resolver_.resolve(host, deadline, error);
}

void Reactor::stop_resolving() { resolver_.stop(); }

void Reactor::on_signals(const std::vector<int>& signals, Work work) {
  state_->on_signals(signals, std::move(work));
  state_->start();
}

bool Reactor::is_current() const noexcept { return state_->is_current(); }

}  // namespace corbel::transport
