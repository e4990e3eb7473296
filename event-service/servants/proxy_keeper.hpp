#pragma once

#include <corbel/adapter.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

namespace corbel::event_service {

/// Makes proxies callable. One whose connection has ended goes on answering Disconnected for a
/// while (a peer that does not know yet deserves the specified answer), until so many younger ones
/// have ended that it is forgotten: OBJECT_NOT_EXIST. Threads: any.
class ProxyKeeper : public std::enable_shared_from_this<ProxyKeeper> {
 public:
  explicit ProxyKeeper(Adapter adapter, std::size_t kept = 1024)
      : adapter_(std::move(adapter)), kept_(kept) {}

  /// The reference has the standard type I, whatever more the servant can do: peers of other makes
  /// need not ask for an interface that they have never heard of. `connection` is what the servant
  /// stands for; its end retires the object.
  template <Proxy I, class Servant, class Connection>
  I activate(std::shared_ptr<Servant> servant, Connection& connection) {
    const ObjectId id = reference(adapter_.template activate<I>(std::move(servant))).object_id();
    connection.when_ended([weak = weak_from_this(), id] {
      if (auto keeper = weak.lock()) keeper->retire(id);
    });
    return adapter_.make_reference<I>(id);
  }
  Adapter& adapter() noexcept { return adapter_; }

 private:
  void retire(const ObjectId& id);

  Adapter adapter_;
  const std::size_t kept_;
  std::mutex mutex_;
  std::deque<ObjectId> retired_;  // under mutex_, oldest first
};

}  // namespace corbel::event_service
