#include <orb/invocation/request_start.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/upcall_thread.hpp>

#include <corbel/call.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <vector>

namespace corbel::invocation {

namespace {

// Fills a header of GIOP before 1.2, which ends at a multiple of 4, up to one of 8. Receivers
// ignore contexts that they do not know.
constexpr std::uint32_t kPaddingContext = 0x434F52FF;

/// What the service contexts of a request tell; most requests have none.
struct Told {
  bool code_sets = false;
  std::shared_ptr<const std::vector<std::byte>> listen_points;
  bool deadline = false;
  const CallChain* chain = nullptr;
  bool nothing() const noexcept { return !code_sets && !listen_points && !deadline && !chain; }
};

Told what_to_tell(connection::OutgoingCalls* connection, GiopVersion version,
                  const ior::TransmissionCodeSets& code_sets, const CallOptions& options) {
  Told told;
  if (connection != nullptr) {
    // What holds without the context needs none.
    told.code_sets = code_sets != ior::TransmissionCodeSets() &&
                     !connection->code_sets_sent.load(std::memory_order_relaxed);
    if (version >= kGiop1_2) told.listen_points = connection->listen_points_to_send();
  }
  const auto& thread = UpcallThread::current();
  told.deadline =
      options.deadline || (thread.context != nullptr && thread.context->deadline().has_value());
  told.chain = thread.chain;
  return told;
}

/// Calls `write` with the contexts, and one more that only fills up if `padded`.
template <class Write>
void write_telling(const Told& told, const ior::TransmissionCodeSets& code_sets, Deadline deadline,
                   bool padded, const Write& write) {
  std::array<giop::ServiceContext, 5> contexts;
  std::size_t count = 0;
  giop::ContextData<12> code_set_data;
  if (told.code_sets) {
    code_set_data = giop::encode_code_sets(code_sets);
    contexts[count++] = code_set_data.context();
  }
  if (told.listen_points) contexts[count++] = {giop::kBiDirIiop, *told.listen_points};
  giop::ContextData<16> deadline_data;
  if (told.deadline) {
    deadline_data = giop::encode_deadline(deadline.remaining());
    contexts[count++] = deadline_data.context();
  }
  giop::ContextData<17> chain_data;
  if (told.chain != nullptr) {
    chain_data = giop::encode_call_chain(*told.chain);
    contexts[count++] = chain_data.context();
  }
  constexpr std::array<std::byte, 4> kPadding{};
  if (padded) contexts[count++] = {kPaddingContext, kPadding};
  write(std::span(contexts).first(count));
}

}  // namespace

CORBEL_HOT connection::Introduction write_request_start(
    cdr::Encoder& encoder, connection::OutgoingCalls* connection, GiopVersion version,
    std::uint32_t request_id, giop::ResponseKind response, const giop::Addressee& addressee,
    std::string_view operation, const CallOptions& options, Deadline deadline, bool aligned) {
  const auto code_sets = connection != nullptr
                             ? connection->code_sets
                             : ior::TransmissionCodeSets{cdr::CodeSet::utf8, cdr::CodeSet::utf16};
  encoder.set_encoding({cdr::kNativeOrder, version, code_sets.chars, code_sets.wchars});
  const auto told = what_to_tell(connection, version, code_sets, options);
  const auto write = [&](std::span<const giop::ServiceContext> contexts) {
    giop::begin_message(encoder, giop::MessageType::request, version);
    giop::write_request_header(encoder, request_id, response, addressee, operation, contexts);
  };
  if (told.nothing()) {
    write({});
  } else {
    write_telling(told, code_sets, deadline, false, write);
  }
  if (aligned && version < kGiop1_2 && encoder.size() % 8 != 0) {
    encoder.clear();
    write_telling(told, code_sets, deadline, true, write);
  }
  return {told.code_sets, told.listen_points != nullptr};
}

}  // namespace corbel::invocation
