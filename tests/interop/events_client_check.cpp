// Our client, consumers and suppliers on somebody's event channel.
//   events_client_check REFERENCE COUNT
#include <corbel/events.hpp>
#include <corbel/orb.hpp>

#include <CosEventChannelAdmin.idl.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;

void expect(bool condition, const std::string& what) {
  if (!condition) throw std::runtime_error(what);
}

/// Numbers that came, waited for.
class Received {
 public:
  void add(std::int32_t number) {
    std::lock_guard lock(mutex_);
    numbers_.push_back(number);
    changed_.notify_all();
  }
  void expect_counted(std::int32_t count, const std::string& who) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 30s,
                      [&] { return numbers_.size() >= static_cast<std::size_t>(count); });
    expect(numbers_.size() == static_cast<std::size_t>(count),
           who + " got " + std::to_string(numbers_.size()) + " of " + std::to_string(count) +
               " events");
    for (std::int32_t i = 0; i < count; ++i)
      expect(numbers_[static_cast<std::size_t>(i)] == i + 1, who + ": wrong order");
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::int32_t> numbers_;
};

struct Supplier final : CosEventComm::PullSupplier::Servant {
  explicit Supplier(std::int32_t limit) : count(limit) {}
  corbel::Any pull() override { throw corbel::Transient("no event"); }
  corbel::Any try_pull(bool& has_event) override {
    std::lock_guard lock(mutex);
    has_event = next <= count;
    return has_event ? corbel::Any(next++) : corbel::Any(std::int32_t{0});
  }
  void disconnect_pull_supplier() override {}
  std::mutex mutex;
  const std::int32_t count;
  std::int32_t next = 1;
};

void check_push_supplier(corbel::Orb& orb, const corbel::Object& reference, std::int32_t count) {
  const auto channel = corbel::events::open(orb, reference);
  Received pushed;
  auto subscription =
      channel.subscribe<std::int32_t>([&](std::int32_t number) { pushed.add(number); });
  channel.pull(0s);
  for (std::int32_t i = 1; i <= count; ++i) channel.publish(i);
  pushed.expect_counted(count, "our push consumer");
  for (std::int32_t i = 1; i <= count; ++i) {
    expect(channel.pull<std::int32_t>(30s) == i, "our pull consumer missed " + std::to_string(i));
  }
  subscription.cancel();
}

void check_pull_supplier(corbel::Orb& orb, const corbel::Object& reference, std::int32_t count) {
  const auto channel = corbel::events::open(orb, reference);
  Received pushed;
  auto subscription =
      channel.subscribe<std::int32_t>([&](std::int32_t number) { pushed.add(number); });
  auto adapter = orb.create_adapter("supplier", {.dispatch = corbel::ThreadPerObject{}});
  adapter.activate_requests();
  const auto supplier =
      adapter.activate<CosEventComm::PullSupplier>(std::make_shared<Supplier>(count));
  const auto proxy =
      CosEventChannelAdmin::EventChannel(reference).for_suppliers().obtain_pull_consumer();
  proxy.connect_pull_supplier(supplier);
  pushed.expect_counted(count, "our push consumer, fed by our pull supplier,");
  proxy.disconnect_pull_consumer();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::runtime_error("usage: events_client_check REFERENCE COUNT");
    corbel::Orb orb;
    const auto reference = orb.object(std::string_view(argv[1]));
    const auto count = static_cast<std::int32_t>(std::stoi(argv[2]));
    check_push_supplier(orb, reference, count);
    check_pull_supplier(orb, reference, std::min(count, 5));
    std::puts("OK");
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "events_client_check: %s\n", failure.what());
    return 1;
  }
}
