#pragma once

#include <corbel/stub/type.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

/// The name of an object within its adapter: any octets. The ORB's own are 16 random octets (UUID).
class ObjectId {
 public:
  ObjectId() = default;
  explicit ObjectId(std::string octets) : octets_(std::move(octets)) {}

  std::string_view octets() const noexcept { return octets_; }
  bool empty() const noexcept { return octets_.empty(); }
  /// Printable ASCII as it is, other octets as %XX; a 16-octet id with unprintable octets as a
  /// UUID.
  std::string to_string() const;

  auto operator<=>(const ObjectId&) const = default;

 private:
  std::string octets_;
};

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
  /// "host:port", an IPv6 address in brackets.
  std::string to_string() const;
};

/// One profile of an IOR, as it came (tag 0: IIOP; its octets are an encapsulation).
struct TaggedProfile {
  std::uint32_t tag = 0;
  std::vector<std::byte> data;
  bool operator==(const TaggedProfile&) const = default;
};

namespace detail {
struct ReferenceData;
}

/// A remote reference as data: {host, port, timestamp, object id} and the interface. Unique over
/// space and time when a Corbel adapter made it: timestamp is when the adapter's incarnation began.
/// An immutable value without any connection; orb.object<T>(ref) makes it callable.
/// Threads: any.
class ObjectRef {
 public:
  /// The nil reference.
  ObjectRef();
  /// From an IOR's parts. Profiles that do not parse are kept and passed on, never used.
  ObjectRef(std::string type_id, std::vector<TaggedProfile> profiles);

  /// Reads "IOR:...", "corbaloc:iiop:1.2@host:port,:host2/key", "corbaloc::host/key",
  /// "corbaloc:rir:/NameService", "corbaname::host:port/NameService#a/b.kind" (CORBA 3.3, 8.5 and
  /// Naming Service 1.3, 2.5.3).
  /// Throws BadParam saying which part of the text is wrong.
  static ObjectRef parse(std::string_view text);
  /// A reference to a well-known key, as corbaloc makes it (GIOP 1.2).
  static ObjectRef at(std::vector<Endpoint> endpoints, std::string_view object_key);

  bool is_nil() const noexcept;
  /// The most derived interface as far as known; may be empty.
  const std::string& type_id() const noexcept;
  /// First endpoint; empty and 0 when there is none.
  const std::string& host() const noexcept;
  std::uint16_t port() const noexcept;
  /// Nanoseconds since the epoch; 0 when the key is not Corbel's.
  std::uint64_t timestamp() const noexcept;
  /// The adapter's name; empty when the key is not Corbel's.
  const std::string& adapter_name() const noexcept;
  /// Empty when the key is not Corbel's.
  const ObjectId& object_id() const noexcept;
  /// The key's octets, whoever made it.
  std::string_view object_key() const noexcept;
  /// All addresses to try, in order: profiles, then their alternate addresses.
  const std::vector<Endpoint>& endpoints() const noexcept;
  const std::vector<TaggedProfile>& profiles() const noexcept;

  /// corbaname: the name to resolve, in the naming context that the rest of the reference denotes,
  /// e.g. "a/b.kind"; corbaloc:rir: the initial reference to look up. Both empty otherwise.
  const std::string& name_to_resolve() const noexcept;
  const std::string& initial_reference() const noexcept;

  /// "IOR:" and hexadecimal digits; the nil reference too. What no IOR can say (a name to resolve,
  /// an initial reference) is printed as by to_corbaloc().
  std::string to_string() const;
  /// "corbaloc:iiop:1.2@host:port/key", %-escaped.
  std::string to_corbaloc() const;

  /// Same object as far as can be seen without asking: same endpoints and key (the type id does
  /// not count); other profiles octet by octet.
  friend bool operator==(const ObjectRef& left, const ObjectRef& right) noexcept;
  std::size_t hash() const noexcept;

  /// Internal: the parsed data.
  const detail::ReferenceData& data() const noexcept { return *data_; }
  explicit ObjectRef(std::shared_ptr<const detail::ReferenceData> data) : data_(std::move(data)) {}

 private:
  std::shared_ptr<const detail::ReferenceData> data_;  // never null
};

template <>
struct Type<ObjectRef> {
  static constexpr std::size_t kSmallestSize = 8;
  static void encode(cdr::Encoder& encoder, const ObjectRef& value);
  static void decode(cdr::Decoder& decoder, ObjectRef& value);
  static TypeCode type_code() {
    return TypeCode::interface("IDL:omg.org/CORBA/Object:1.0", "Object");
  }
};

}  // namespace corbel

template <>
struct std::hash<corbel::ObjectRef> {
  std::size_t operator()(const corbel::ObjectRef& ref) const noexcept { return ref.hash(); }
};
template <>
struct std::hash<corbel::ObjectId> {
  std::size_t operator()(const corbel::ObjectId& id) const noexcept {
    return std::hash<std::string_view>()(id.octets());
  }
};
