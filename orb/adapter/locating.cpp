#include <orb/adapter/request_router.hpp>

#include <orb/cdr/encoder_lease.hpp>
#include <orb/giop/locate.hpp>

#include <utility>

/// The router's answers to LocateRequest: is the object here?
namespace corbel::adapter {

using connection::IncomingMessage;

void RequestRouter::handle_locate_request(const Channel& channel, IncomingMessage& message) {
  auto decoder = decoder_for(*channel, message);
  giop::LocateRequestHeader header;
  const bool readable = giop::decode_locate_request(decoder, header);
  const auto version = message.header.version;
  cdr::EncoderLease reply;
  if (!readable) {
    giop::write_locate_exception(*reply, version, header.request_id,
                                 Marshal("unreadable LocateRequest", Completion::no));
  } else if (header.needs_key_addressing) {
    giop::write_locate_needs_addressing_mode(*reply, header.request_id);
  } else {
    auto status = giop::LocateStatus::object_here;
    try {
      auto destination = find(header.object_key);
      if (!destination.object && !destination.adapter->default_servant())
        return ask_manager(channel, message, header, std::move(destination));
    } catch (const ObjectNotExist&) {
      status = giop::LocateStatus::unknown_object;
    } catch (const SystemException&) {
      // The object may yet come: the request itself will be answered TRANSIENT.
    }
    giop::write_locate_reply(*reply, version, header.request_id, status);
  }
  channel->send_reply(*reply, header.request_id);
}

// The manager is the user's code: it runs where the policy has it run, never on the reactor's
// thread unless the policy says so.
void RequestRouter::ask_manager(const Channel& channel, IncomingMessage& message,
                                const giop::LocateRequestHeader& locate, Destination destination) {
  auto request =
      IncomingRequest::make_locate(channel, std::move(message), locate, std::move(destination));
  try {
    request->core().require_accepting();
    const auto outcome = request->core().dispatcher().dispatch(request, false);
    if (outcome == Dispatcher::Outcome::taken) return;
    if (outcome == Dispatcher::Outcome::needs_own_thread &&
        locating_threads_.run([request] { request->run(); }))
      return;
    throw Transient("no thread to ask the servant manager", Completion::no);
  } catch (const SystemException& exception) {
    request->refuse(exception);
  } catch (const std::exception& error) {
    request->refuse(could_not_start(error));
  }
}

}  // namespace corbel::adapter
