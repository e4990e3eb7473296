#include "event-service/core/event.hpp"

namespace corbel::event_service {
namespace {

constexpr std::size_t kBookkeeping = 64;

// A hostile supplier may send a large type with a small value, so the type counts too.
std::size_t octets_of(const TypeCode& type) {
  cdr::Encoder encoder;
  type.encode(encoder);
  return encoder.size();
}

}  // namespace

EventPointer make_event(Any value) {
  const std::size_t octets = kBookkeeping + value.octets().size() + octets_of(value.type());
  return std::make_shared<const Event>(Event{std::move(value), octets});
}

}  // namespace corbel::event_service
