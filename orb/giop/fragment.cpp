#include <orb/giop/fragment.hpp>

#include <orb/giop/service_context.hpp>

#include <algorithm>
#include <cstring>

namespace corbel::giop {
namespace {

constexpr std::size_t kRequestIdSize = 4;

bool has_request_ids(GiopVersion version) noexcept { return version >= kGiop1_2; }

/// Behind the header, where every message of GIOP 1.2 that can have fragments has it.
std::optional<std::uint32_t> id_behind_header(const MessageHeader& header,
                                              std::span<const std::byte> message) noexcept {
  auto decoder = message_decoder(message, header);
  const auto request_id = decoder.read<std::uint32_t>();
  if (decoder.failed()) return std::nullopt;
  return request_id;
}

/// In GIOP 1.1 the service contexts come first; only needed to recognize what is cancelled.
std::optional<std::uint32_t> id_behind_contexts(const MessageHeader& header,
                                                std::span<const std::byte> message) noexcept {
  auto decoder = message_decoder(message, header);
  ServiceContextList().decode(decoder);
  const auto request_id = decoder.read<std::uint32_t>();
  if (decoder.failed()) return std::nullopt;
  return request_id;
}

void make_whole(WholeMessage& message) noexcept {
  message.header.more_fragments = false;
  message.header.size = static_cast<std::uint32_t>(message.octets.size() - kHeaderSize);
  std::uint32_t size = message.header.size;
  if (message.header.order != cdr::kNativeOrder) size = cdr::swap_octets(size);
  std::memcpy(message.octets.data() + kSizePosition, &size, sizeof(size));
  message.octets.data()[kFlagsPosition] &= ~kMoreFragments;
}

}  // namespace

Result<std::optional<WholeMessage>> Reassembler::add(const MessageHeader& header,
                                                     std::span<const std::byte> message) {
  if (message.size() < kHeaderSize) return Error::truncated;
  return header.type == MessageType::fragment ? join(header, message) : begin(header, message);
}

Reassembler::Joined Reassembler::begin(const MessageHeader& header,
                                       std::span<const std::byte> message) {
  std::optional<std::uint32_t> request_id;
  if (has_request_ids(header.version)) {
    request_id = id_behind_header(header, message);
    if (!request_id) return Error::truncated;
    std::erase(cancelled_, *request_id);
  } else {
    request_id = id_behind_contexts(header, message);
    cancelled_1_1_ = false;
  }
  if (find_open(header.version, request_id) != kNone) return Error::duplicate_fragments;
  if (open_.size() >= limits_.fragmented_messages) return Error::too_many_fragmented;
  if (message.size() > limits_.message_size - buffered_) return Error::fragments_too_large;
  Partial& partial = open_.emplace_back();
  partial.message.octets.append(message);
  partial.message.header = header;
  partial.request_id = request_id;
  buffered_ += message.size();
  return std::optional<WholeMessage>();
}

Reassembler::Joined Reassembler::join(const MessageHeader& header,
                                      std::span<const std::byte> message) {
  std::optional<std::uint32_t> request_id;
  auto payload = message.subspan(kHeaderSize);
  if (has_request_ids(header.version)) {
    request_id = id_behind_header(header, message);
    if (!request_id) return Error::truncated;
    payload = payload.subspan(kRequestIdSize);
  }
  const std::size_t index = find_open(header.version, request_id);
  if (index == kNone) {
    if (belongs_to_cancelled(header, request_id)) return std::optional<WholeMessage>();
    return Error::stray_fragment;
  }
  const MessageHeader& first = open_[index].message.header;
  if (first.version != header.version || first.order != header.order) return Error::mixed_fragments;
  if (const auto error = append(open_[index], payload)) return *error;
  if (header.more_fragments) return std::optional<WholeMessage>();
  return std::optional<WholeMessage>(take(index));
}

std::optional<Error> Reassembler::append(Partial& partial, std::span<const std::byte> payload) {
  if (payload.size() > limits_.message_size - buffered_) return Error::fragments_too_large;
  auto& octets = partial.message.octets;
  if (!has_request_ids(partial.message.header.version)) {
    partial.message.fragment_starts.push_back(octets.size());
  }
  octets.append(payload);
  buffered_ += payload.size();
  ++partial.fragments;
  if (partial.fragments > limits_.small_fragments &&
      octets.size() / partial.fragments < limits_.fragment_average) {
    return Error::fragments_too_small;
  }
  return std::nullopt;
}

std::size_t Reassembler::find_open(GiopVersion version,
                                   std::optional<std::uint32_t> request_id) const noexcept {
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const bool same_kind =
        has_request_ids(open_[i].message.header.version) == has_request_ids(version);
    if (same_kind && (!has_request_ids(version) || open_[i].request_id == request_id)) return i;
  }
  return kNone;
}

WholeMessage Reassembler::take(std::size_t index) {
  WholeMessage message = std::move(open_[index].message);
  buffered_ -= message.octets.size();
  open_[index] = std::move(open_.back());
  open_.pop_back();
  make_whole(message);
  return message;
}

bool Reassembler::belongs_to_cancelled(const MessageHeader& header,
                                       std::optional<std::uint32_t> request_id) {
  if (!has_request_ids(header.version)) {
    const bool known = cancelled_1_1_;
    if (!header.more_fragments) cancelled_1_1_ = false;
    return known;
  }
  const auto found = std::find(cancelled_.begin(), cancelled_.end(), request_id);
  if (found == cancelled_.end()) return false;
  if (!header.more_fragments) cancelled_.erase(found);
  return true;
}

void Reassembler::cancel(std::uint32_t request_id) noexcept {
  const auto found = std::find_if(open_.begin(), open_.end(), [&](const Partial& partial) {
    const MessageType type = partial.message.header.type;
    return partial.request_id == request_id &&
           (type == MessageType::request || type == MessageType::locate_request);
  });
  if (found == open_.end()) return;
  buffered_ -= found->message.octets.size();
  if (has_request_ids(found->message.header.version)) {
    if (cancelled_.size() >= limits_.fragmented_messages) cancelled_.erase(cancelled_.begin());
    cancelled_.push_back(request_id);
  } else {
    cancelled_1_1_ = true;
  }
  open_.erase(found);
}

}  // namespace corbel::giop
