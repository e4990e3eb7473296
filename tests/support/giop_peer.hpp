#pragma once

#include <orb/connection/message_reader.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>
#include <orb/transport/stream.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace corbel::test {

using Octets = std::vector<std::byte>;

inline Octets octets_of(const cdr::Encoder& message) {
  const auto all = message.octets();
  return {all.begin(), all.end()};
}

/// A whole request. `body` writes the arguments.
template <class Body>
Octets request_octets(std::uint32_t id, std::string_view key, std::string_view operation, Body body,
                      giop::ResponseKind response = giop::ResponseKind::target,
                      GiopVersion version = giop::kHighestVersion) {
  cdr::Encoder encoder;
  giop::begin_message(encoder, giop::MessageType::request, version);
  giop::write_request_header(encoder, id, response, key, operation);
  giop::write_body(encoder, body);
  giop::finish_message(encoder);
  return octets_of(encoder);
}

inline Octets request_octets(std::uint32_t id, std::string_view key = "key",
                             std::string_view operation = "work") {
  return request_octets(id, key, operation, [](cdr::Encoder&) {});
}

/// A whole reply with the results that `body` writes.
template <class Body>
Octets reply_octets(std::uint32_t id, Body body, GiopVersion version = giop::kHighestVersion) {
  cdr::Encoder encoder;
  giop::begin_message(encoder, giop::MessageType::reply, version);
  giop::write_reply_header(encoder, id, giop::ReplyStatus::no_exception);
  giop::write_body(encoder, body);
  giop::finish_message(encoder);
  return octets_of(encoder);
}

inline Octets reply_octets(std::uint32_t id) {
  return reply_octets(id, [](cdr::Encoder&) {});
}

template <std::size_t size>
Octets octets_of(const std::array<std::byte, size>& message) {
  return {message.begin(), message.end()};
}

/// The other end of a connection, played by the test octet by octet.
class GiopPeer {
 public:
  explicit GiopPeer(std::unique_ptr<transport::Stream> stream) : stream_(std::move(stream)) {}

  transport::Stream& stream() { return *stream_; }

  bool send(const Octets& octets) {
    iovec piece{const_cast<std::byte*>(octets.data()), octets.size()};
    return stream_->send({&piece, 1}, Deadline::after(std::chrono::seconds(30))).status ==
           transport::IoStatus::ok;
  }

  /// The next message; nullopt when the connection ends or nothing comes in time.
  std::optional<connection::IncomingMessage> receive(
      std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    const auto deadline = Deadline::after(patience);
    connection::IncomingMessage message;
    for (;;) {
      const auto step = reader_.next(message);
      if (step == connection::MessageReader::Step::message) return message;
      if (step == connection::MessageReader::Step::broken) return std::nullopt;
      const auto result = stream_->receive(reader_.space(), deadline);
      if (result.status != transport::IoStatus::ok) return std::nullopt;
      reader_.received(result.count);
    }
  }

  /// The next request's header and message; nullopt as above, or when it is something else.
  std::optional<giop::RequestHeader> receive_request() {
    request_ = receive();
    if (!request_ || request_->header.type != giop::MessageType::request) return std::nullopt;
    auto decoder = request_->decoder({}, {});
    giop::RequestHeader header;
    if (!giop::decode_request_header(decoder, header)) return std::nullopt;
    return header;
  }

  /// True once the other side has ended the connection (what it still sent is read and dropped).
  bool is_ended(std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    const auto deadline = Deadline::after(patience);
    for (;;) {
      const auto result = stream_->receive(reader_.space(), deadline);
      if (result.status != transport::IoStatus::ok) {
        return result.status != transport::IoStatus::timeout;
      }
    }
  }

  void end() { stream_->shutdown(); }

 private:
  std::unique_ptr<transport::Stream> stream_;
  connection::MessageReader reader_{Limits{}};
  std::optional<connection::IncomingMessage> request_;  // what header views point into
};

}  // namespace corbel::test
