#pragma once

#include <corbel/reference.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace corbel {

/// What a servant may want to know about the call that it is running.
/// Threads: valid on the thread of the upcall, until it returns.
class CallContext {
 public:
  /// The innermost upcall on this thread. Throws BadInvOrder outside an upcall.
  static const CallContext& current();
  static const CallContext* current_if() noexcept;

  virtual ~CallContext() = default;

  /// The object that was called; a default servant learns here which one.
  virtual const ObjectId& object_id() const noexcept = 0;
  virtual std::string_view adapter() const noexcept = 0;
  virtual std::string_view operation() const noexcept = 0;
  /// Address of the caller, "127.0.0.1:40312"; "collocated" for a call inside the process.
  virtual std::string_view peer() const noexcept = 0;
  /// When the caller stops waiting, as far as it said so.
  virtual std::optional<std::chrono::steady_clock::time_point> deadline() const noexcept = 0;
  /// True once the caller has given the call up or its connection is gone.
  virtual bool cancelled() const noexcept = 0;
  virtual bool oneway() const noexcept = 0;
  /// The octets of a request's service context (an encapsulation), if it carries one with this id.
  virtual std::optional<std::span<const std::byte>> service_context(
      std::uint32_t id) const noexcept = 0;
};

}  // namespace corbel
