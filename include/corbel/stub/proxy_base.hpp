#pragma once

#include <corbel/object.hpp>
#include <corbel/reply.hpp>
#include <corbel/servant.hpp>
#include <corbel/stub/codec.hpp>
#include <corbel/stub/function_ref.hpp>
#include <corbel/stub/operation.hpp>

#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

/// What generated proxies are made of. One synchronous operation reads
///
///   double Account::withdraw(double amount) const {
///     return stub::call<Account, stub::Plain<double>>(
///         *this, withdraw_operation, [&](auto& servant) { return servant.withdraw(amount); },
///         stub::in(amount));
///   }
///
/// The lambda is the way of a collocated call; the arguments are the way over the wire.
namespace corbel::stub {

template <class Codec, class V>
struct In {
  const V& value;
  void reset() const {}
  void encode(cdr::Encoder& encoder) const { Codec::encode(encoder, value); }
  void decode(cdr::Decoder&) const {}
};
template <class Codec>
struct Out {
  typename Codec::Value& value;
  void reset() const { value = typename Codec::Value{}; }
  void encode(cdr::Encoder&) const {}
  void decode(cdr::Decoder& decoder) const { Codec::decode(decoder, value); }
};
template <class Codec>
struct InOut {
  typename Codec::Value& value;
  void reset() const {}
  void encode(cdr::Encoder& encoder) const { Codec::encode(encoder, value); }
  void decode(cdr::Decoder& decoder) const { Codec::decode(decoder, value); }
};

template <class V>
In<Plain<V>, V> in(const V& value) {
  return {value};
}
template <class Codec, class V>
In<Codec, V> in_as(const V& value) {
  return {value};
}
template <class V>
Out<Plain<V>> out(V& value) {
  return {value};
}
template <class Codec>
Out<Codec> out_as(typename Codec::Value& value) {
  return {value};
}
template <class V>
InOut<Plain<V>> inout(V& value) {
  return {value};
}
template <class Codec>
InOut<Codec> inout_as(typename Codec::Value& value) {
  return {value};
}

using EncodeArguments = FunctionRef<void(cdr::Encoder&)>;
using DecodeResults = FunctionRef<void(cdr::Decoder&)>;

/// Sends the request and reads its reply on the calling thread; follows forwards, retries where
/// that is safe, throws what the call throws. `encode` may run several times, `decode` once.
void invoke(const Object& target, const Operation& operation, EncodeArguments encode,
            DecodeResults decode);
/// Sends a one-way request; returns as the proxy's SyncScope says.
void invoke_oneway(const Object& target, const Operation& operation, EncodeArguments encode);

/// After the last result: throws Marshal if they did not decode or octets are left over.
void end_results(cdr::Decoder& decoder);

/// Takes the outcome of an asynchronous call, on one of the Orb's threads; exactly one call to one
/// of them.
class ReplyReceiver {
 public:
  virtual ~ReplyReceiver() = default;
  virtual void on_results(cdr::Decoder& decoder) = 0;
  virtual void on_exception(std::exception_ptr exception) = 0;
};
struct StartedCall {
  std::shared_ptr<detail::Executor> executor;
  std::function<void()> cancel;
};
/// Encodes and sends at once, without waiting for the answer. Failures go to the receiver.
StartedCall invoke_async(const Object& target, const Operation& operation, EncodeArguments encode,
                         std::shared_ptr<ReplyReceiver> receiver);

/// A call within the process: when the target's servant lives here and its policy lets the caller's
/// thread run it, holds the servant for the duration of the call.
class DirectCall {
 public:
  static constexpr std::size_t kMemory = 192;

  DirectCall(const Object& target, const Operation& operation);
  ~DirectCall();
  DirectCall(const DirectCall&) = delete;
  DirectCall& operator=(const DirectCall&) = delete;

  /// The servant as the interface, or null: take the way over the wire.
  void* servant(const InterfaceType& interface) noexcept {
    return servant_ ? servant_->corbel_cast(interface) : nullptr;
  }

 private:
  void* visit_ = nullptr;
  Servant* servant_ = nullptr;
  alignas(16) std::byte storage_[kMemory];  // the upcall's context; allocates nothing
};

/// Inside a catch block of a direct call: rethrows what the caller may see (declared user
/// exceptions, system exceptions), anything else as UNKNOWN. Returns true when the call must go the
/// other way: the servant only has the asynchronous form of the operation, or threw ForwardRequest
/// (the proxy knows where to by then).
bool rethrow_from_servant(const Object& target, const Operation& operation);

/// An operation that carries values: by way of octets in this process too, because servant and
/// caller each work on values of their own, and what is shared among the arguments stays shared.
template <class Codec, class... Args>
typename Codec::Value call_by_value(const Object& target, const Operation& operation,
                                    Args... args) {
  using Result = typename Codec::Value;
  auto encode = [&](cdr::Encoder& encoder) { (args.encode(encoder), ...); };
  if constexpr (std::is_void_v<Result>) {
    invoke(target, operation, encode, [&](cdr::Decoder& decoder) { (args.decode(decoder), ...); });
  } else {
    Result result{};
    invoke(target, operation, encode, [&](cdr::Decoder& decoder) {
      Codec::decode(decoder, result);
      (args.decode(decoder), ...);
    });
    return result;
  }
}

template <class Interface, class Codec, class Direct, class... Args>
typename Codec::Value call(const Object& target, const Operation& operation, Direct direct,
                           Args... args) {
  using InterfaceServant = typename Type<Interface>::Servant;
  {
    DirectCall local(target, operation);
    if (void* servant = local.servant(Type<Interface>::interface_type())) {
      try {
        (args.reset(), ...);  // out parameters start empty, as they do over the wire
        return direct(*static_cast<InterfaceServant*>(servant));
      } catch (...) {
        rethrow_from_servant(target, operation);
      }
    }
  }
  return call_by_value<Codec>(target, operation, args...);
}

template <class... Args>
void call_oneway(const Object& target, const Operation& operation, Args... args) {
  invoke_oneway(target, operation, [&](cdr::Encoder& encoder) { (args.encode(encoder), ...); });
}

/// The receiver behind a Reply<T>.
template <class Codec>
class ReplyTo final : public ReplyReceiver {
 public:
  using Result = typename Codec::Value;
  using State = detail::ReplyState<Result>;

  explicit ReplyTo(std::shared_ptr<State> state) : state_(std::move(state)) {}

  void on_results(cdr::Decoder& decoder) override {
    if constexpr (std::is_void_v<Result>) {
      end_results(decoder);
      state_->set_value({});
    } else {
      Result result{};
      Codec::decode(decoder, result);
      end_results(decoder);
      state_->set_value(std::move(result));
    }
  }
  void on_exception(std::exception_ptr exception) override {
    state_->set_exception(std::move(exception));
  }

 private:
  std::shared_ptr<State> state_;
};

/// The asynchronous form. Codec is that of the result, or of the struct of results when the
/// operation has out or inout parameters.
template <class Codec, class... Args>
Reply<typename Codec::Value> call_async(const Object& target, const Operation& operation,
                                        Args... args) {
  auto state = std::make_shared<detail::ReplyState<typename Codec::Value>>();
  auto started = invoke_async(
      target, operation, [&](cdr::Encoder& encoder) { (args.encode(encoder), ...); },
      std::make_shared<ReplyTo<Codec>>(state));
  state->orb_executor = std::move(started.executor);
  state->cancel = std::move(started.cancel);
  return Reply<typename Codec::Value>(std::move(state));
}

}  // namespace corbel::stub
