#pragma once

#include <corbel/call.hpp>
#include <corbel/stub/operation.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/adapter/destination.hpp>
#include <orb/base/upcall_thread.hpp>

#include <memory>

namespace corbel::adapter {

/// An upcall that the calling thread of the same process runs by itself: what a servant can ask
/// about it (CallContext), and the adapter's books. The destination must outlive it.
class DirectVisit final : public CallContext {
 public:
  using Until = std::optional<SteadyClock::time_point>;

  DirectVisit(const Destination& destination, const stub::Operation& operation,
              Until until) noexcept
      : destination_(destination), operation_(operation), deadline_(until), scope_(this) {
    destination_.adapter->enter();
  }
  /// Throws TRANSIENT or OBJECT_NOT_EXIST as a request would be answered. Asked after entering, so
  /// that an adapter that ends either waits for the visitor or turns it away.
  void check() const;
  /// check() would not throw.
  bool may_run() const noexcept;
  ~DirectVisit() override { destination_.adapter->leave(); }

  const ObjectId& object_id() const noexcept override {
    return destination_.object ? destination_.object->id : destination_.id;
  }
  std::string_view adapter() const noexcept override { return destination_.adapter->name(); }
  std::string_view operation() const noexcept override { return operation_.name; }
  std::string_view peer() const noexcept override { return "collocated"; }
  std::optional<SteadyClock::time_point> deadline() const noexcept override { return deadline_; }
  bool cancelled() const noexcept override { return false; }
  bool oneway() const noexcept override { return operation_.oneway; }
  std::optional<std::span<const std::byte>> service_context(std::uint32_t) const noexcept override {
    return std::nullopt;
  }

 private:
  const Destination& destination_;
  const stub::Operation& operation_;
  const Until deadline_;
  UpcallScope scope_;
};

}  // namespace corbel::adapter
