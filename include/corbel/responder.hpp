#pragma once

#include <corbel/stub/upcall.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace corbel {

/// Answers one request, later and from any thread: what the asynchronous form of an operation gets.
/// Move-only. Answer once: complete() with the result (for out parameters, the struct of results),
/// or fail() / raise() with an exception. Dropped without an answer, the caller gets NO_RESPONSE.
template <class T>
class Responder {
 public:
  using Encode = std::conditional_t<std::is_void_v<T>, void (*)(),
                                    void (*)(cdr::Encoder&,
                                             const std::conditional_t<std::is_void_v<T>, int, T>&)>;

  /// For generated code.
  Responder(stub::UpcallPointer upcall, const stub::Operation& operation, Encode encode)
      : upcall_(std::move(upcall)),
        operation_(&operation),
        encode_(encode),
        unwinding_(std::uncaught_exceptions()) {}
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder() {
    // An exception that leaves the operation answers the request itself.
    if (upcall_ && std::uncaught_exceptions() <= unwinding_) upcall_->drop();
  }

  template <class V = T>
    requires(!std::is_void_v<T>)
  void complete(const V& value) {
    auto upcall = take();
    const T& result = value;
    upcall->reply([&](cdr::Encoder& encoder) { encode_(encoder, result); });
  }
  void complete()
    requires std::is_void_v<T>
  {
    take()->reply([](cdr::Encoder&) {});
  }

  /// Answers with an exception: one that the operation raises, or a system exception; anything else
  /// reaches the caller as UNKNOWN.
  void fail(std::exception_ptr exception) { take()->fail(*operation_, std::move(exception)); }
  template <class E>
  void raise(E exception) {
    fail(std::make_exception_ptr(std::move(exception)));
  }

  /// True once the caller has given up or gone.
  bool cancelled() const noexcept { return !upcall_ || upcall_->cancelled(); }

 private:
  stub::UpcallPointer take() {
    if (!upcall_) throw BadInvOrder("the request was already answered");
    return std::move(upcall_);
  }

  stub::UpcallPointer upcall_;
  const stub::Operation* operation_;
  Encode encode_;
  int unwinding_;
};

}  // namespace corbel
