#pragma once

#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>
#include <orb/transport/name_source.hpp>

#include <chrono>
#include <future>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace corbel::transport {

/// A name server that says nothing about the hosts whose names begin with "silent", until it is
/// told to.
class FakeNames final : public NameSource {
 public:
  static constexpr std::chrono::seconds kPatience{60};

  ~FakeNames() override { gone_.set_value(); }

  std::vector<std::string> look_up(const std::string& host, std::string& error) override {
    MutexLock lock(mutex_);
    ++lookups_[host];
    ++running_;
    changed_.notify_all();
    while (host.starts_with("silent") && !answered_.contains(host)) changed_.wait(lock);
    --running_;
    changed_.notify_all();
    if (host == "unknown") {
      error = "nobody knows it";
      return {};
    }
    return {"address of " + host};
  }

  bool is_local(const std::string& host) override { return host == "local"; }

  void answer(const std::string& host) {
    MutexLock lock(mutex_);
    answered_.insert(host);
    changed_.notify_all();
  }

  /// How often the host was looked up; waits for the first time.
  int wait_for_lookup(const std::string& host) {
    wait_until([&] { return lookups_[host] != 0; });
    return lookups(host);
  }
  int lookups(const std::string& host) {
    MutexLock lock(mutex_);
    return lookups_[host];
  }
  bool wait_for_running(int count) {
    return wait_until([&] { return running_ == count; });
  }
  /// Ready when this object is destroyed.
  std::future<void> gone() { return gone_.get_future(); }

 private:
  template <class Holds>
  bool wait_until(const Holds& holds) {
    const auto until = Deadline::after(kPatience);
    MutexLock lock(mutex_);
    while (!holds() && !until.has_passed()) changed_.wait_until(lock, until.at());
    return holds();
  }

  Mutex mutex_;
  Condition changed_;
  std::map<std::string, int> lookups_;
  std::set<std::string> answered_;
  int running_ = 0;
  std::promise<void> gone_;
};

}  // namespace corbel::transport
