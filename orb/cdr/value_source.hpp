#pragma once

#include <orb/cdr/chunked_source.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace corbel::cdr {

/// Reads what stands before a valuetype's state (CORBA 3.3 part 2, 9.3.4): null, an indirection to
/// an earlier value, or a header. Remembers which values it has met.
class ValueSource : public ChunkedSource {
 public:
  using Node = detail::TypeCodeNode;

  explicit ValueSource(Decoder& decoder) : ChunkedSource(decoder) {}

  struct Header {
    std::uint32_t tag = 0;
    std::string codebase;
    std::vector<std::string> ids;
  };
  enum class Start { null, shared, fresh };
  /// How a value starts; nothing in it counts once the decoder has failed.
  struct ValueStart {
    Start start = Start::null;
    std::size_t ordinal = 0;  ///< which value, counting those that came with a header, from 0
    Header header;            ///< of a fresh value, without the ids that are not kept
    bool truncated = false;   ///< cut down to its declared type
  };

  /// Reads up to the state (which begin_value() and end_value() enclose) where a value of type
  /// `declared` stands.
  ValueStart start_of_value(const Node& declared);

  /// The valuetypes whose members make up the state of `type`, the outermost base first.
  static std::vector<const Node*> chain_of(const Node& type);
  /// Fails for types whose state only their own code can read.
  void check_has_state(const Node& type);

  /// Whether an exception's repository id stands next; omniORB leaves it out in an any.
  bool stands_before_id(const Node& type);

 protected:
  void skip_header(std::uint32_t tag) override { read_header(tag); }
  ~ValueSource() = default;

 private:
  struct Record {
    std::size_t position;  // of the value's tag
    const Node* type;
  };
  std::size_t find_shared(const Node& declared);
  Header read_header(std::uint32_t tag);
  std::string header_string();
  std::vector<std::string> id_list();
  bool select_type(const Node& declared, Header& header);
  std::size_t indirection_target();

  std::vector<Record> values_;                                 // in order of position
  std::unordered_map<std::size_t, std::string> read_strings_;  // by position
  std::unordered_map<std::size_t, std::vector<std::string>> read_lists_;
};

}  // namespace corbel::cdr
