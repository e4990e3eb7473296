#pragma once

#include <orb/base/clock.hpp>
#include <orb/base/limits.hpp>
#include <orb/base/octet_buffer.hpp>
#include <orb/giop/fragment.hpp>
#include <orb/giop/header.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace corbel::connection {

/// Memory that octets are received into. Messages are read where they lie, so a message keeps its
/// buffer; the reader goes on in another one meanwhile.
class ReceiveBuffer
    : public boost::intrusive_ref_counter<ReceiveBuffer, boost::thread_safe_counter> {
 public:
  explicit ReceiveBuffer(std::size_t capacity) : octets_(capacity) {}

  std::byte* data() noexcept { return octets_.data(); }
  std::size_t capacity() const noexcept { return octets_.capacity(); }
  void grow(std::size_t capacity) { octets_.grow(capacity); }
  bool is_shared() const noexcept { return use_count() > 1; }

 private:
  OctetBuffer octets_;
};

/// One whole message, fragments joined. Keeps its octets alive; cheap to move.
struct IncomingMessage {
  giop::MessageHeader header;
  std::span<const std::byte> octets;
  boost::intrusive_ptr<ReceiveBuffer> buffer;
  std::unique_ptr<giop::WholeMessage> assembled;  // when it came in fragments

  /// A decoder behind the message's header.
  cdr::Decoder decoder(const ior::TransmissionCodeSets& code_sets,
                       const cdr::DecodeLimits& limits) const noexcept {
    return giop::message_decoder(octets, header, code_sets, limits,
                                 assembled
                                     ? std::span<const std::size_t>(assembled->fragment_starts)
                                     : std::span<const std::size_t>());
  }
};

/// Cuts a stream of octets into GIOP messages. Memory grows with what has arrived, not with what a
/// header claims.
/// Threads: one at a time.
class MessageReader {
 public:
  explicit MessageReader(const Limits& limits) : limits_(limits), reassembler_(limits) {}

  /// Where to receive the next octets; never empty.
  std::span<std::byte> space();
  /// `count` octets were received there.
  void received(std::size_t count);

  enum class Step { message, need_more, broken };
  /// The next message that is wholly here. After `broken` (see error()) the stream is of no use.
  Step next(IncomingMessage& message) {
    return end_ - begin_ < giop::kHeaderSize ? Step::need_more : next_begun(message);
  }
  giop::Error error() const noexcept { return error_; }
  /// What to answer a peer whose framing is broken: its version was too high, or it is nonsense.
  std::string describe_error() const;

  /// Something is here, but not all of it.
  bool in_message() const noexcept { return begin_ != end_ || reassembler_.open_messages() != 0; }
  /// By when more must come of what is partly here; never when nothing is.
  Deadline patience() const noexcept;

  /// A CancelRequest came for a message still in fragments.
  void cancel(std::uint32_t request_id) noexcept { reassembler_.cancel(request_id); }

 private:
  Step next_begun(IncomingMessage& message);
  std::size_t wanted() const noexcept;
  Step take_fragment(const giop::MessageHeader& header, std::span<const std::byte> octets,
                     IncomingMessage& message, bool& whole);
  void note_progress(std::size_t count);

  Limits limits_;
  giop::Reassembler reassembler_;
  boost::intrusive_ptr<ReceiveBuffer> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t message_size_ = 0;  // of the message at begin_; 0: header not here yet
  giop::Error error_{};
  // Patience: since when, and how many octets since then.
  mutable SteadyClock::time_point progress_mark_{};  // set by patience(), when somebody asks
  std::size_t progress_octets_ = 0;
  // Since the latest fragment: short messages between fragments are no progress of theirs.
  mutable SteadyClock::time_point fragment_mark_{};
};

}  // namespace corbel::connection
