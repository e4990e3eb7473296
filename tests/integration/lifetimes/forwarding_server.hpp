#pragma once

#include <orb/cdr/encoder_lease.hpp>
#include <orb/connection/server.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace corbel::test {

/// Answers every request with LOCATION_FORWARD to wherever the test says.
class ForwardingServer final : public connection::RequestHandler {
 public:
  using Where = std::function<ObjectRef()>;

  explicit ForwardingServer(Where where, bool permanent = false)
      : where_(std::move(where)),
        permanent_(permanent),
        endpoint_(server_.listen(transport_, {"127.0.0.1", 0})) {}
  ~ForwardingServer() override {
    server_.stop();
    reactor_.stop();
  }

  ObjectRef reference() const { return ObjectRef::at({endpoint_}, "anything"); }
  int requests() const { return requests_.load(); }

  connection::Verdict handle_request(const std::shared_ptr<connection::ReplyChannel>& channel,
                                     connection::IncomingMessage& message, bool, bool) override {
    auto decoder = message.decoder(channel->code_sets(), {});
    giop::RequestHeader header;
    if (!giop::decode_request_header(decoder, header)) std::abort();
    ++requests_;
    cdr::EncoderLease reply;
    giop::write_forward_reply(*reply, message.header.version, header.request_id, where_(),
                              permanent_);
    channel->send_reply(*reply, header.request_id);
    channel->request_done(header.request_id);
    return connection::Verdict::taken;
  }
  connection::Verdict refuse_request(const std::shared_ptr<connection::ReplyChannel>&,
                                     connection::IncomingMessage&, const std::string&) override {
    return connection::Verdict::taken;
  }
  std::size_t spare_threads() const noexcept override { return 0; }
  void handle_locate_request(const std::shared_ptr<connection::ReplyChannel>&,
                             connection::IncomingMessage&) override {}

 private:
  const Where where_;
  const bool permanent_;
  std::atomic<int> requests_{0};
  transport::Reactor reactor_{"forwarding"};
  transport::TcpTransport transport_{reactor_};
  connection::Server server_{reactor_, Limits{}, *this};
  const Endpoint endpoint_;
};

}  // namespace corbel::test
