#pragma once

#include <corbel/stub/encoder.hpp>
#include <orb/giop/header.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace corbel::giop {

/// A message that is ready to send, cut into fragments where it lies: large values are referred to,
/// only headers are added (CORBA 3.3 part 2, 9.4.9).
///
/// In GIOP 1.2 each fragment but the last has `fragment_size` octets, header included, rounded down
/// to a multiple of 8. In 1.1, whose fragments count alignment from their own start, it ends where
/// counting from the message's start comes to the same, so that a peer which counts either way
/// understands; where there is no such place (within an array of 8-octet elements) it grows. It has
/// at most 8 KiB: in larger ones omniORB loses its way.
class FragmentedMessage {
 public:
  /// Whether this message must be cut so that it does not exceed `fragment_size` (0: never):
  /// GIOP 1.0 knows no fragments, 1.1 only those of requests and replies.
  static bool concerns(const cdr::Encoder& message, std::size_t fragment_size) noexcept;

  /// The message is lent. `fragment_size` is at least 24.
  FragmentedMessage(const cdr::Encoder& message, std::size_t fragment_size);
  FragmentedMessage(const FragmentedMessage&) = delete;
  FragmentedMessage& operator=(const FragmentedMessage&) = delete;

  /// All fragments one after the other, in pieces.
  const std::vector<std::span<const std::byte>>& pieces() const noexcept { return pieces_; }
  /// With all headers.
  std::size_t size() const noexcept { return size_; }

 private:
  static constexpr std::size_t kRequestIdSize = 4;
  using Header = std::array<std::byte, kHeaderSize + kRequestIdSize>;

  void cut_evenly(std::size_t message_size, std::size_t fragment_size);
  void cut_at(std::span<const std::size_t> cuts, std::size_t message_size,
              std::size_t fragment_size);
  void write_headers(std::span<const std::byte> message_start, cdr::ByteOrder order);
  void add_pieces(const cdr::Encoder& message);

  bool with_request_id_;
  std::vector<std::size_t> ends_;  // of each fragment, counted in the message
  std::vector<Header> headers_;
  std::vector<std::span<const std::byte>> pieces_;
  std::size_t size_ = 0;
};

}  // namespace corbel::giop
