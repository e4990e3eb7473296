#pragma once

#include <corbel/typecode.hpp>
#include <orb/cdr/chunked_sink.hpp>
#include <orb/cdr/typecode_node.hpp>
#include <orb/cdr/value_source.hpp>
#include <orb/cdr/value_writer.hpp>

#include <string>
#include <unordered_map>
#include <vector>

namespace corbel::cdr {

/// One walk over a value (and the values inside it) by its TypeCode: reads, checks and, with an
/// encoder, writes. transcoder.cpp has the plain kinds, value_transcoder.cpp the valuetypes.
class ValueWalk final : private ValueSource {
 public:
  ValueWalk(Decoder& from, Encoder* to) : ValueSource(from), sink_(to), encoder_(to) {
    if (auto* values = written_values()) sink_.enter(values->suspend_chunks(*to));
  }
  ~ValueWalk() = default;

  void value(const Node& type);
  /// After the value, if it is written: what comes behind it may go on in a chunk around it.
  void finish() {
    sink_.leave();
    if (auto* values = written_values()) values->resume_chunks(*encoder_);
  }

 private:
  // Plain kinds.
  template <Primitive T>
  void primitive() {
    sink_.write(read<T>());
  }
  void constructed(const Node& type);
  void string(const Node& type);
  void wstring(const Node& type);
  void wide_character();
  void long_double();
  void fixed(const Node& type);
  void sequence(const Node& type);
  void elements(const Node& type, std::uint64_t count);
  template <Primitive T>
  void bulk(std::uint64_t count);
  template <Primitive T>
  void write_swapped(std::span<const std::byte> octets, Encoder& to);
  void booleans(std::uint64_t count);
  bool bulk_elements(TCKind kind, std::uint64_t count);
  void members(const Node& type);
  void union_(const Node& type);
  std::int64_t discriminator(const Node& type);
  template <class T>
  std::int64_t discriminator_of();
  void enumeration(const Node& type);
  void any();
  TypeCode type_code();
  void text_octets();
  void octet_sequence();
  void object_reference();
  void abstract_interface();

  // Valuetypes.
  void valuetype(const Node& declared);
  void state(const Node& type);
  void write_header(const Header& header);
  void write_header_string(Encoder& to, const std::string& text);

  /// The values of the message around, if there are any.
  ValueWriter* written_values() const noexcept {
    return encoder_ != nullptr ? encoder_->started_values() : nullptr;
  }

  ChunkedSink sink_;
  Encoder* encoder_;
  std::vector<TypeCode> kept_;        // types of inner anys, while records may point into them
  std::vector<std::size_t> targets_;  // where each value's tag stands, by ordinal
  std::unordered_map<std::string, std::size_t> written_strings_;  // target position
};

}  // namespace corbel::cdr
