#pragma once

#include <corbel/responder.hpp>
#include <corbel/servant.hpp>
#include <corbel/stub/codec.hpp>
#include <corbel/stub/upcall.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

/// What generated servants are made of.
namespace corbel::stub {

/// Thrown by the generated body of an operation that the servant does not override.
class NotOverridden : public NoImplement {
 public:
  explicit NotOverridden(const Operation& operation);
  [[noreturn]] void raise() const override { throw *this; }
};

template <class Codec>
typename Codec::Value read(Upcall& upcall) {
  typename Codec::Value value{};
  Codec::decode(upcall.arguments(), value);
  return value;
}

/// A sequence of primitives in place when byte order and alignment allow, else copied once.
/// The view lives as long as this object and the upcall.
template <cdr::Bulk T>
class SpanArgument {
 public:
  explicit SpanArgument(Upcall& upcall, std::size_t bound = 0) {
    auto& decoder = upcall.arguments();
    const auto count = decoder.read_count(sizeof(T), 0, true, bound);
    view_ = decoder.template view_array<T>(count);
    if (!view_.empty() || count == 0 || decoder.failed()) return;
    if (!decoder.claim(count * sizeof(T), 0)) return;
    copy_.resize(count);
    decoder.read_array(std::span<T>(copy_));
    view_ = copy_;
  }
  SpanArgument(const SpanArgument&) = delete;
  SpanArgument& operator=(const SpanArgument&) = delete;

  std::span<const T> view() const noexcept { return view_; }
  operator std::span<const T>() const noexcept { return view_; }  // NOLINT: what the servant takes

 private:
  std::span<const T> view_;
  std::vector<T> copy_;
};

/// The responder for this upcall; Codec is that of the result (or struct of results).
template <class Codec>
auto responder(Upcall& upcall, const Operation& operation) {
  using Value = typename Codec::Value;
  upcall.declare(operation);
  if constexpr (std::is_void_v<Value>) {
    return Responder<void>(UpcallPointer(upcall), operation, nullptr);
  } else {
    return Responder<Value>(
        UpcallPointer(upcall), operation,
        [](cdr::Encoder& encoder, const Value& value) { Codec::encode(encoder, value); });
  }
}

/// Asks one base without coming back through the virtual function.
template <class Base>
void* cast_base(Base& servant, const InterfaceType& wanted) noexcept {
  return servant.Base::corbel_cast(wanted);
}

/// What corbel_cast() does: the servant as the interface wanted, its own or one that it inherits
/// from.
template <class Interface, class... Bases>
void* cast_servant(typename Type<Interface>::Servant& servant,
                   const InterfaceType& wanted) noexcept {
  if (wanted == Type<Interface>::interface_type()) return &servant;
  void* found = nullptr;
  static_cast<void>(((found = cast_base<typename Type<Bases>::Servant>(servant, wanted)) || ...));
  return found;
}

template <class Servant>
struct OperationEntry {
  std::string_view name;
  void (*run)(Servant& servant, Upcall& upcall);
};

/// Finds the operation in entries sorted by name and runs it; false if it is not there.
template <class Servant, std::size_t N>
bool dispatch(const OperationEntry<Servant> (&entries)[N], Servant& servant, std::string_view name,
              Upcall& upcall) {
  const auto* entry =
      std::lower_bound(std::begin(entries), std::end(entries), name,
                       [](const auto& e, std::string_view n) { return e.name < n; });
  if (entry == std::end(entries) || entry->name != name) return false;
  entry->run(servant, upcall);
  return true;
}

}  // namespace corbel::stub
