#pragma once

#include <orb/connection/message_reader.hpp>
#include <orb/ior/code_sets.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace corbel::connection {

/// Where the answer to a request goes: a connection, or a caller in the same process.
/// Threads: any.
class ReplyChannel {
 public:
  virtual ~ReplyChannel() = default;
  /// Sends a whole message. Dropped when the caller is gone. Waits only on a thread of the
  /// connection's own.
  virtual void send_reply(const cdr::Encoder& message, std::uint32_t request_id) = 0;
  /// The request is over, with or without a reply.
  virtual void request_done(std::uint32_t request_id) noexcept = 0;
  virtual bool is_cancelled(std::uint32_t request_id) const noexcept = 0;
  virtual const std::string& peer() const noexcept = 0;
  virtual ior::TransmissionCodeSets code_sets() const noexcept = 0;
  virtual void set_code_sets(const ior::TransmissionCodeSets& code_sets) noexcept = 0;
  /// The data of a BI_DIR_IIOP context: where the caller's own objects are. False when it makes no
  /// sense.
  virtual bool take_listen_points(std::span<const std::byte> /*context*/) { return true; }
  /// What references in the requests are to remember; null: nothing. As long-lived as the channel.
  virtual const std::shared_ptr<detail::ReferenceOrigin>* reference_origin() const noexcept {
    return nullptr;
  }
};

/// What became of a request that was handed over.
enum class Verdict : std::uint8_t {
  taken,             ///< running, queued or answered
  needs_own_thread,  ///< hand it over again on the connection's own thread
  hold_back,         ///< one-way and no room: try again later, read nothing until then
};

/// Takes the requests of all connections; the adapters' router is one.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  /// `own_thread`: the caller is a thread of the connection and may be kept for the whole upcall.
  /// The message is taken over only with verdict `taken`; then request_done() follows once, now or
  /// later. Throws when there is no memory: end the conversation. Answers go to `channel`, also
  /// errors. `last_try`: a one-way request without room is dropped and counted instead of held
  /// back.
  virtual Verdict handle_request(const std::shared_ptr<ReplyChannel>& channel,
                                 IncomingMessage& message, bool own_thread, bool last_try) = 0;
  /// Answers TRANSIENT with this reason; hold_back when the request expects no answer.
  virtual Verdict refuse_request(const std::shared_ptr<ReplyChannel>& channel,
                                 IncomingMessage& message, const std::string& reason) = 0;
  /// Threads that connections may have beyond one each, see ThreadPerConnection.
  virtual std::size_t spare_threads() const noexcept = 0;
  virtual void handle_locate_request(const std::shared_ptr<ReplyChannel>& channel,
                                     IncomingMessage& message) = 0;
};

}  // namespace corbel::connection
