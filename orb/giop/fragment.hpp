#pragma once

#include <orb/base/limits.hpp>
#include <orb/base/octet_buffer.hpp>
#include <orb/giop/header.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace corbel::giop {

/// A message put together again: as if it had come whole.
struct WholeMessage {
  /// With a header that claims the whole size and no fragments.
  OctetBuffer octets;
  MessageHeader header;
  /// GIOP 1.1 only: where each further fragment begins, for message_decoder().
  std::vector<std::size_t> fragment_starts;
};

/// Joins the fragments that arrive on one connection. GIOP 1.1 fragments carry no request id, so
/// one message at a time; those of 1.2 interleave by request id. Memory follows what has arrived,
/// never what a peer claims; rule 4 against hostile input (docs/protocol.md) bounds it.
/// Threads: one at a time.
class Reassembler {
 public:
  explicit Reassembler(const Limits& limits) : limits_(limits) {}

  /// Whether this message must go through add(): it announces fragments or is one.
  static bool concerns(const MessageHeader& header) noexcept {
    return header.more_fragments || header.type == MessageType::fragment;
  }

  /// Takes one message, header included. The whole message once its last fragment is here, nullopt
  /// before that (and for what remains of a cancelled message), an Error when the peer breaks the
  /// rules: then the connection is of no more use.
  Result<std::optional<WholeMessage>> add(const MessageHeader& header,
                                          std::span<const std::byte> message);

  /// A CancelRequest came: forgets the partial request; its remaining fragments are ignored.
  void cancel(std::uint32_t request_id) noexcept;

  /// Messages that wait for more.
  std::size_t open_messages() const noexcept { return open_.size(); }
  /// Octets that they hold together.
  std::size_t buffered_octets() const noexcept { return buffered_; }

 private:
  struct Partial {
    WholeMessage message;
    std::optional<std::uint32_t> request_id;
    std::size_t fragments = 1;
  };

  using Joined = Result<std::optional<WholeMessage>>;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  Joined begin(const MessageHeader& header, std::span<const std::byte> message);
  Joined join(const MessageHeader& header, std::span<const std::byte> message);
  std::optional<Error> append(Partial& partial, std::span<const std::byte> payload);
  /// The partial message that a fragment belongs to. In GIOP 1.1 there is no id to compare.
  std::size_t find_open(GiopVersion version,
                        std::optional<std::uint32_t> request_id) const noexcept;
  WholeMessage take(std::size_t index);
  /// True for a fragment of a cancelled request; forgets the request with its last fragment.
  bool belongs_to_cancelled(const MessageHeader& header, std::optional<std::uint32_t> request_id);

  Limits limits_;
  std::vector<Partial> open_;
  std::size_t buffered_ = 0;
  std::vector<std::uint32_t> cancelled_;  // GIOP 1.2 ids whose last fragment has not come
  bool cancelled_1_1_ = false;            // the same in GIOP 1.1
};

}  // namespace corbel::giop
