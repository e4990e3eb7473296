#pragma once

#include <corbel/servant_manager.hpp>
#include <corbel/stub/upcall.hpp>

#include <orb/adapter/destination.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/connection/request_handler.hpp>
#include <orb/giop/locate.hpp>
#include <orb/giop/request.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

namespace corbel::adapter {

class IncomingRequest;
using RequestPointer = boost::intrusive_ptr<IncomingRequest>;

/// A request on the server: the message, whom it is for, and its one answer. Objects are reused by
/// the thread that drops the last reference, so a request allocates nothing in steady state.
class IncomingRequest final : public stub::Upcall {
 public:
  /// One whose header is still to be read: from arguments(), which are what `decoder` returns, to
  /// header(). Its end ends the request for the channel.
  template <class Make>
  static RequestPointer make(const std::shared_ptr<connection::ReplyChannel>& channel,
                             const Make& decoder) {
    auto* const request = take_spare();
    request->reset(decoder);
    request->channel_ = channel;
    return RequestPointer(request, false);
  }
  giop::RequestHeader& header() noexcept { return header_; }
  /// Takes the message, into which arguments and header point. It is a request of the adapter's
  /// from now on.
  void accept(connection::IncomingMessage&& message, Destination&& destination);
  /// A LocateRequest that the servant manager has to answer; it runs as the built-in operation
  /// _non_existent does.
  static RequestPointer make_locate(const std::shared_ptr<connection::ReplyChannel>& channel,
                                    connection::IncomingMessage message,
                                    const giop::LocateRequestHeader& locate,
                                    Destination destination);

  /// Runs the upcall on this thread and answers, unless the servant keeps the Responder.
  void run();
  /// Answers with a system exception instead.
  void refuse(const SystemException& exception);
  /// Nothing happened: gives the message back.
  connection::IncomingMessage surrender();

  detail::AdapterCore& core() const noexcept { return *adapter_; }
  bool response_expected() const noexcept { return header_.response == giop::ResponseKind::target; }
  /// The chain of nested calls that the request belongs to, if it says so.
  const CallChain* chain() const noexcept { return chain_ ? &*chain_ : nullptr; }

  // Upcall
  void reply(FunctionRef<void(cdr::Encoder&)> encode) override;
  void fail(const stub::Operation& operation, std::exception_ptr exception) override;
  void drop() noexcept override;

  // CallContext
  const ObjectId& object_id() const noexcept override { return object_ ? object_->id : id_; }
  std::string_view adapter() const noexcept override;
  std::string_view operation() const noexcept override { return header_.operation; }
  std::string_view peer() const noexcept override { return channel_->peer(); }
  std::optional<SteadyClock::time_point> deadline() const noexcept override { return deadline_; }
  bool cancelled() const noexcept override { return channel_->is_cancelled(header_.request_id); }
  bool oneway() const noexcept override { return !response_expected(); }
  std::optional<std::span<const std::byte>> service_context(
      std::uint32_t id) const noexcept override {
    return header_.service_contexts.find(id);
  }

 private:
  enum class Stage : std::uint8_t {
    reading,      ///< nobody's yet
    in_work,      ///< queued or running
    lingering,    ///< its upcall has returned; a Responder may still answer
    surrendered,  ///< it never was one
  };

  IncomingRequest() = default;
  /// Like new, but for arguments and channel.
  static IncomingRequest* take_spare();
  void recycle() noexcept override;
  void run_upcall();
  void find_servant();
  void end_lease();
  void drop_lease() noexcept {
    if (lease_.servant() || lease_.has_end()) lease_ = {};
  }
  void read_contexts();
  bool run_builtin();
  void confirm_reception();
  bool take_answer() noexcept { return !answered_.exchange(true); }
  void send_exception(const stub::Operation* operation, std::exception_ptr exception) noexcept;
  void send_user_exception(const UserException& exception);
  void send_system_exception(const SystemException& exception);
  void send_forward(const ForwardRequest& forward);
  void send_located(giop::LocateStatus status);
  void send(const cdr::Encoder& message);
  bool holds_answer() const noexcept;
  cdr::Encoding reply_encoding() const noexcept;

  std::shared_ptr<connection::ReplyChannel> channel_;
  connection::IncomingMessage message_;
  giop::RequestHeader header_;
  std::shared_ptr<detail::AdapterCore> adapter_;
  std::shared_ptr<ActiveObject> object_;
  ObjectId id_;                         // without an active object
  ServantLease lease_;                  // the same
  Servant* servant_ = nullptr;          // while the upcall runs
  std::vector<std::byte> held_answer_;  // until the lease has ended
  std::optional<CallChain> chain_;
  std::optional<SteadyClock::time_point> deadline_;
  std::atomic<bool> answered_{false};
  Stage stage_ = Stage::reading;
  bool locate_ = false;
};

/// NO_RESOURCES: what a request is answered with that could not be handed to a thread.
NoResources could_not_start(const std::exception& error);

void intrusive_ptr_add_ref(IncomingRequest* request) noexcept;
void intrusive_ptr_release(IncomingRequest* request) noexcept;

}  // namespace corbel::adapter
