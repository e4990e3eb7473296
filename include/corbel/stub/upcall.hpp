#pragma once

#include <corbel/call.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/stub/function_ref.hpp>
#include <corbel/stub/operation.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <new>
#include <utility>

namespace corbel::stub {

/// One request on its way through a servant: arguments in, one answer out. Counted, because a
/// Responder may outlive the dispatch.
/// Threads: arguments() on the upcall's thread; reply, fail and drop from any, the first one wins.
class Upcall : public CallContext {
 public:
  cdr::Decoder& arguments() noexcept { return arguments_; }
  /// After the last argument: throws Marshal if they did not decode or octets are left over.
  void end_arguments();

  /// Declares which operation runs, so that exceptions it raises are known when they leave it, and
  /// values that it takes when they are read.
  void declare(const Operation& operation) noexcept {
    declared_ = &operation;
    arguments_.set_known_values(operation.values);
  }

  /// Sends the answer; `encode` writes result and out parameters.
  virtual void reply(FunctionRef<void(cdr::Encoder&)> encode) = 0;
  /// Sends the exception if `operation` raises it or it is a system exception, else UNKNOWN.
  virtual void fail(const Operation& operation, std::exception_ptr exception) = 0;
  /// Nobody will answer: sends NO_RESPONSE.
  virtual void drop() noexcept = 0;

  void add_reference() noexcept { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (is_sole_reference() || references_.fetch_sub(1, std::memory_order_acq_rel) == 1) recycle();
  }

 protected:
  Upcall() = default;
  const Operation* declared() const noexcept { return declared_; }
  /// Asked by who holds a reference: nobody else does, and nobody can get one meanwhile.
  bool is_sole_reference() const noexcept {
    return references_.load(std::memory_order_acquire) == 1;
  }
  /// Nobody refers to this any more.
  virtual void recycle() noexcept = 0;
  /// Starts a new life with one reference and what `make` returns as arguments, made in place.
  template <class Make>
  void reset(const Make& make) noexcept {
    static_assert(noexcept(make()));
    std::destroy_at(&arguments_);
    ::new (static_cast<void*>(&arguments_)) cdr::Decoder(make());
    declared_ = nullptr;
    references_.store(1, std::memory_order_relaxed);
  }

 private:
  cdr::Decoder arguments_{{}};
  const Operation* declared_ = nullptr;
  std::atomic<std::uint32_t> references_{1};
};

/// Shared ownership of an Upcall.
class UpcallPointer {
 public:
  UpcallPointer() = default;
  /// Adds a reference.
  explicit UpcallPointer(Upcall& upcall) noexcept : upcall_(&upcall) { upcall.add_reference(); }
  UpcallPointer(UpcallPointer&& other) noexcept : upcall_(std::exchange(other.upcall_, nullptr)) {}
  UpcallPointer& operator=(UpcallPointer&& other) noexcept {
    std::swap(upcall_, other.upcall_);
    return *this;
  }
  UpcallPointer(const UpcallPointer&) = delete;
  UpcallPointer& operator=(const UpcallPointer&) = delete;
  ~UpcallPointer() {
    if (upcall_ != nullptr) upcall_->release();
  }
  Upcall* operator->() const noexcept { return upcall_; }
  explicit operator bool() const noexcept { return upcall_ != nullptr; }

 private:
  Upcall* upcall_ = nullptr;
};

}  // namespace corbel::stub
