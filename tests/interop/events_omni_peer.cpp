// An omniORB supplier or consumer of an event channel, for any maker's channel.
//   events_omni_peer push-consumer|pull-consumer|push-supplier|pull-supplier REFERENCE COUNT
// Consumers print "ready" once connected and end with 0 when they got 1..COUNT in order, each with
// a struct, a wide string and a union beside it that came through unchanged; suppliers end after
// COUNT.
#include "events_sample.hh"

#include <CosEventChannelAdmin.hh>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

namespace Comm = CosEventComm;
namespace Admin = CosEventChannelAdmin;

CORBA::Any make_event(CORBA::Long number) {
  events_sample::Reading reading;
  reading.number = number;
  reading.name = CORBA::string_dup(("reading " + std::to_string(number)).c_str());
  reading.title = CORBA::wstring_dup(L"\u00e9\u4e2d");
  if (number % 2 == 0) {
    reading.content.ratio(number / 2.0);
  } else {
    reading.content.text(CORBA::string_dup("odd"));
  }
  CORBA::Any event;
  event <<= reading;
  return event;
}

/// Checks what came against what should have come.
class Expectation {
 public:
  explicit Expectation(CORBA::Long count) : count_(count) {}

  void take(const CORBA::Any& event) {
    std::lock_guard lock(mutex_);
    const events_sample::Reading* reading = nullptr;
    const CORBA::Long expected = next_++;
    if (!(event >>= reading)) {
      fault_ = "event " + std::to_string(expected) + " is no Reading";
    } else if (reading->number != expected) {
      fault_ = "got " + std::to_string(reading->number) + " where " + std::to_string(expected) +
               " was expected";
    } else if (!is_intact(*reading)) {
      fault_ = "event " + std::to_string(expected) + " was changed on its way";
    }
    changed_.notify_all();
  }
  int wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(30),
                      [this] { return next_ > count_ || !fault_.empty(); });
    if (fault_.empty() && next_ <= count_)
      fault_ = "only " + std::to_string(next_ - 1) + " events came";
    std::cout << (fault_.empty() ? "OK" : "FAILED: " + fault_) << std::endl;
    return fault_.empty() ? 0 : 1;
  }
  void disconnected() {
    std::lock_guard lock(mutex_);
    std::cout << "disconnected" << std::endl;
  }

 private:
  static bool is_intact(const events_sample::Reading& reading) {
    if (std::string(reading.name.in()) != "reading " + std::to_string(reading.number)) return false;
    if (std::wstring(reading.title.in()) != L"\u00e9\u4e2d") return false;
    if (reading.content._d() != (reading.number % 2 == 0 ? 1 : 0)) return false;
    return reading.number % 2 == 0 ? reading.content.ratio() == reading.number / 2.0
                                   : std::string(reading.content.text()) == "odd";
  }

  const CORBA::Long count_;
  std::mutex mutex_;
  std::condition_variable changed_;
  CORBA::Long next_ = 1;
  std::string fault_;
};

class PushConsumer final : public POA_CosEventComm::PushConsumer {
 public:
  explicit PushConsumer(CORBA::Long count) : expectation(count) {}
  void push(const CORBA::Any& data) override { expectation.take(data); }
  void disconnect_push_consumer() override { expectation.disconnected(); }

  Expectation expectation;
};

class PullSupplier final : public POA_CosEventComm::PullSupplier {
 public:
  explicit PullSupplier(CORBA::Long count) : count_(count) {}
  CORBA::Any* pull() override { throw CORBA::TRANSIENT(); }
  CORBA::Any* try_pull(CORBA::Boolean& has_event) override {
    std::lock_guard lock(mutex_);
    has_event = next_ <= count_;
    if (!has_event) {
      done_.notify_all();
      return new CORBA::Any();
    }
    return new CORBA::Any(make_event(next_++));
  }
  void disconnect_pull_supplier() override {}
  bool wait_until_empty() {
    std::unique_lock lock(mutex_);
    return done_.wait_for(lock, std::chrono::seconds(30), [this] { return next_ > count_; });
  }

 private:
  const CORBA::Long count_;
  std::mutex mutex_;
  std::condition_variable done_;
  CORBA::Long next_ = 1;
};

int consume_by_push(PortableServer::POA_ptr poa, Admin::EventChannel_ptr channel,
                    CORBA::Long count) {
  // Counted: the channel's farewell may still be running when this returns.
  PortableServer::Servant_var<PushConsumer> servant(new PushConsumer(count));
  PortableServer::ObjectId_var id = poa->activate_object(servant);
  Comm::PushConsumer_var self = servant->_this();
  Admin::ConsumerAdmin_var admin = channel->for_consumers();
  Admin::ProxyPushSupplier_var proxy = admin->obtain_push_supplier();
  proxy->connect_push_consumer(self);
  try {
    proxy->connect_push_consumer(self);
    throw std::runtime_error("a second connect was accepted");
  } catch (const Admin::AlreadyConnected&) {
    std::cout << "ready" << std::endl;
  }
  const int status = servant->expectation.wait();
  proxy->disconnect_push_supplier();
  poa->deactivate_object(id);
  return status;
}

int consume_by_pull(Admin::EventChannel_ptr channel, CORBA::Long count) {
  Expectation expectation(count);
  Admin::ConsumerAdmin_var admin = channel->for_consumers();
  Admin::ProxyPullSupplier_var proxy = admin->obtain_pull_supplier();
  proxy->connect_pull_consumer(Comm::PullConsumer::_nil());
  std::cout << "ready" << std::endl;
  for (CORBA::Long i = 1; i <= count; ++i) {
    if (i % 2 == 0) {
      CORBA::Any_var event = proxy->pull();
      expectation.take(event.in());
      continue;
    }
    CORBA::Boolean has_event = false;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!has_event && std::chrono::steady_clock::now() < end) {
      CORBA::Any_var event = proxy->try_pull(has_event);
      if (has_event) expectation.take(event.in());
    }
  }
  const int status = expectation.wait();
  proxy->disconnect_pull_supplier();
  return status;
}

int supply_by_push(Admin::EventChannel_ptr channel, CORBA::Long count) {
  Admin::SupplierAdmin_var admin = channel->for_suppliers();
  Admin::ProxyPushConsumer_var proxy = admin->obtain_push_consumer();
  proxy->connect_push_supplier(Comm::PushSupplier::_nil());
  for (CORBA::Long i = 1; i <= count; ++i) proxy->push(make_event(i));
  proxy->disconnect_push_consumer();
  try {
    proxy->push(make_event(0));
    std::cout << "note: a push after disconnect was accepted" << std::endl;
  } catch (const Comm::Disconnected&) {
    std::cout << "OK" << std::endl;
  }
  return 0;
}

int supply_by_pull(PortableServer::POA_ptr poa, Admin::EventChannel_ptr channel,
                   CORBA::Long count) {
  PortableServer::Servant_var<PullSupplier> servant(new PullSupplier(count));
  PortableServer::ObjectId_var id = poa->activate_object(servant);
  Comm::PullSupplier_var self = servant->_this();
  Admin::SupplierAdmin_var admin = channel->for_suppliers();
  Admin::ProxyPullConsumer_var proxy = admin->obtain_pull_consumer();
  proxy->connect_pull_supplier(self);
  const bool done = servant->wait_until_empty();
  proxy->disconnect_pull_consumer();
  poa->deactivate_object(id);
  std::cout << (done ? "OK" : "FAILED: not everything was pulled") << std::endl;
  return done ? 0 : 1;
}

int run(int argc, char** argv) {
  CORBA::ORB_var orb = CORBA::ORB_init(argc, argv);
  if (argc != 4) throw std::runtime_error("usage: events_omni_peer ROLE REFERENCE COUNT");
  const std::string role = argv[1];
  CORBA::Object_var object = orb->string_to_object(argv[2]);
  Admin::EventChannel_var channel = Admin::EventChannel::_narrow(object);
  if (CORBA::is_nil(channel)) throw std::runtime_error("the reference denotes no event channel");
  const auto count = static_cast<CORBA::Long>(std::atoi(argv[3]));
  CORBA::Object_var root = orb->resolve_initial_references("RootPOA");
  PortableServer::POA_var poa = PortableServer::POA::_narrow(root);
  PortableServer::POAManager_var manager = poa->the_POAManager();
  manager->activate();
  int status = 2;
  if (role == "push-consumer") status = consume_by_push(poa, channel, count);
  if (role == "pull-consumer") status = consume_by_pull(channel, count);
  if (role == "push-supplier") status = supply_by_push(channel, count);
  if (role == "pull-supplier") status = supply_by_pull(poa, channel, count);
  orb->destroy();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const CORBA::Exception& exception) {
    std::cerr << "events_omni_peer: " << exception._name() << '\n';
  } catch (const std::exception& exception) {
    std::cerr << "events_omni_peer: " << exception.what() << '\n';
  }
  return 1;
}
