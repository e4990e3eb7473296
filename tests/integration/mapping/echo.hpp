#pragma once

#include <corbel/any.hpp>

#include <gtest/gtest.h>

#include <utility>

// A value goes through every direction of an operation T f(in T a, inout T b, out T c).
namespace corbel::test {

/// Gives back `a` as result and inout parameter, and what the inout parameter was as out parameter.
template <class T, class In>
T echo(const In& a, T& b, T& c) {
  c = std::move(b);
  if constexpr (requires { T(a.begin(), a.end()); }) {
    b = T(a.begin(), a.end());
  } else {
    b = a;
  }
  return b;
}

#define CORBEL_ECHO(operation, In, T) \
  T operation(In a, T& b, T& c) override { return echo<T>(a, b, c); }

template <class T, class Call, class AsyncCall>
void expect_echo(const T& first, const T& second, Call call, AsyncCall async_call) {
  T inout = second;
  T out = first;
  const T result = call(first, inout, out);
  EXPECT_TRUE(result == first);
  EXPECT_TRUE(inout == first);
  EXPECT_TRUE(out == second);

  const auto results = async_call(first, second).get();
  EXPECT_TRUE(results.result == first);
  EXPECT_TRUE(results.b == first);
  EXPECT_TRUE(results.c == second);
}

#define EXPECT_ECHO(operation, T, first, second)                                        \
  {                                                                                     \
    SCOPED_TRACE(#operation);                                                           \
    expect_echo<T>(                                                                     \
        first, second, [&](const T& a, T& b, T& c) { return peer.operation(a, b, c); }, \
        [&](const T& a, const T& b) { return peer.async_##operation(a, b); });          \
  }

/// The value in an any, sent in both byte orders, is the same; cut off anywhere it is refused.
template <class T>
void expect_travels_in_any(const T& value) {
  const Any any(value);
  for (const cdr::ByteOrder order : {cdr::ByteOrder::little, cdr::ByteOrder::big}) {
    cdr::Encoding encoding;
    encoding.order = order;
    cdr::Encoder encoder(encoding);
    any.encode(encoder);
    const auto octets = encoder.octets();

    cdr::Decoder whole(octets, encoding);
    const Any received = Any::decode(whole);
    EXPECT_FALSE(whole.failed()) << whole.failure();
    EXPECT_EQ(whole.remaining(), 0U);
    EXPECT_TRUE(received == any);
    EXPECT_TRUE(received.template get<T>() == value);
    for (std::size_t size = 0; size < octets.size(); ++size) {
      cdr::Decoder cut(octets.first(size), encoding);
      static_cast<void>(Any::decode(cut));
      EXPECT_TRUE(cut.failed()) << size;
    }
  }
}

}  // namespace corbel::test
