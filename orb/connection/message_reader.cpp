#include <orb/connection/message_reader.hpp>

#include <orb/base/hot.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace corbel::connection {

namespace {
constexpr std::size_t kFirstCapacity = 8 * 1024;
// A buffer above this is given back once its message is done, with its last fragment; a value of a
// MiB just fits.
constexpr std::size_t kKeptCapacity = 1088 * 1024;
constexpr std::size_t kGrowth = 256 * 1024;
}  // namespace

CORBEL_HOT std::size_t MessageReader::wanted() const noexcept {
  return message_size_ != 0 ? message_size_ : giop::kHeaderSize;
}

CORBEL_HOT std::span<std::byte> MessageReader::space() {
  const std::size_t have = end_ - begin_;
  if (have == 0 && buffer_ && !buffer_->is_shared() && buffer_->capacity() <= kKeptCapacity) {
    begin_ = end_ = 0;  // nearly always: all that came is done
    return {buffer_->data(), buffer_->capacity()};
  }
  if (!buffer_) {
    buffer_.reset(new ReceiveBuffer(kFirstCapacity));
    begin_ = end_ = 0;
  } else if (buffer_->is_shared() &&
             (buffer_->capacity() - begin_ < wanted() || end_ == buffer_->capacity())) {
    // Messages in work still lie in it: what is left of the next one moves to a buffer of its own.
    boost::intrusive_ptr<ReceiveBuffer> fresh(
        new ReceiveBuffer(std::max(kFirstCapacity, have + giop::kHeaderSize)));
    std::memcpy(fresh->data(), buffer_->data() + begin_, have);
    buffer_ = std::move(fresh);
    begin_ = 0;
    end_ = have;
  } else if (!buffer_->is_shared() && begin_ != 0 &&
             (have == 0 || buffer_->capacity() - begin_ < wanted())) {
    if (have == 0 && buffer_->capacity() > kKeptCapacity && reassembler_.open_messages() == 0)
      buffer_.reset(new ReceiveBuffer(kFirstCapacity));
    if (have != 0) std::memmove(buffer_->data(), buffer_->data() + begin_, have);
    begin_ = 0;
    end_ = have;
  }
  if (buffer_->capacity() - begin_ < wanted() && buffer_->capacity() - end_ < kFirstCapacity) {
    // Four times what has arrived: a claim of 64 MiB alone allocates a quarter of a megabyte.
    const std::size_t step = std::max(kGrowth, 4 * (end_ - begin_));
    buffer_->grow(begin_ + std::min(wanted(), step));
  }
  if (end_ == buffer_->capacity()) buffer_->grow(end_ + kFirstCapacity);
  return {buffer_->data() + end_, buffer_->capacity() - end_};
}

CORBEL_HOT void MessageReader::received(std::size_t count) {
  note_progress(count);
  end_ += count;
}

CORBEL_HOT void MessageReader::note_progress(std::size_t count) {
  const bool was_empty = begin_ == end_;
  progress_octets_ += count;
  // One patience at least `body_rate` octets a second brings on the next one.
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(limits_.body_timeout).count();
  const bool flows =
      progress_octets_ >= limits_.body_rate * static_cast<std::size_t>(std::max<long>(seconds, 1));
  if (flows) fragment_mark_ = SteadyClock::time_point{};
  if (was_empty || flows) {
    progress_mark_ = SteadyClock::time_point{};  // set when somebody asks: most messages come whole
    progress_octets_ = 0;
  }
}

Deadline MessageReader::patience() const noexcept {
  const auto since = [](SteadyClock::time_point& mark) {
    if (mark == SteadyClock::time_point{}) mark = SteadyClock::now();
    return mark;
  };
  if (begin_ != end_) {
    const auto patience =
        message_size_ == 0 ? limits_.partial_header_timeout : limits_.body_timeout;
    return Deadline::after(patience, since(progress_mark_));
  }
  if (reassembler_.open_messages() == 0) return Deadline::never();
  return Deadline::after(limits_.fragment_timeout, since(fragment_mark_));
}

CORBEL_HOT MessageReader::Step MessageReader::next_begun(IncomingMessage& message) {
  for (;;) {
    const std::size_t have = end_ - begin_;
    if (have < giop::kHeaderSize) return Step::need_more;
    const std::byte* start = buffer_->data() + begin_;
    const auto header =
        giop::parse_header(std::span<const std::byte, giop::kHeaderSize>(start, giop::kHeaderSize),
                           limits_.message_size);
    if (!header) {
      error_ = static_cast<giop::Error>(header.error().value());
      return Step::broken;
    }
    message_size_ = header->message_size();
    if (have < message_size_) return Step::need_more;

    const std::span<const std::byte> octets(start, message_size_);
    begin_ += message_size_;
    message_size_ = 0;
    progress_mark_ = SteadyClock::time_point{};
    progress_octets_ = 0;
    if (!giop::Reassembler::concerns(*header)) {
      message.header = *header;
      message.octets = octets;
      message.buffer = buffer_;
      message.assembled.reset();
      return Step::message;
    }
    bool whole = false;
    const auto step = take_fragment(*header, octets, message, whole);
    if (step == Step::broken || whole) return step;
  }
}

MessageReader::Step MessageReader::take_fragment(const giop::MessageHeader& header,
                                                 std::span<const std::byte> octets,
                                                 IncomingMessage& message, bool& whole) {
  fragment_mark_ = SteadyClock::time_point{};
  auto added = reassembler_.add(header, octets);
  if (!added) {
    error_ = static_cast<giop::Error>(added.error().value());
    return Step::broken;
  }
  if (*added) {
    whole = true;
    message.assembled = std::make_unique<giop::WholeMessage>(*std::move(*added));
    message.header = message.assembled->header;
    message.octets = message.assembled->octets;
    message.buffer.reset();
  }
  return Step::message;
}

std::string MessageReader::describe_error() const {
  return giop::make_error_code(error_).message();
}

}  // namespace corbel::connection
