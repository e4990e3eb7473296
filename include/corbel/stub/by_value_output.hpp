#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/stub/by_value_classes.hpp>
#include <corbel/stub/encoder.hpp>

#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

namespace corbel::by_value {

/// Boost.Serialization's archive for saving, onto CDR. `Classes` are the Class<> of which objects
/// behind pointers to a base may be. docs/protocol.md has the octets.
/// Throws BadParam for an object of a class that is not among them, and for nesting beyond 64.
template <class... Classes>
class OutputArchive {
 public:
  using is_saving = boost::mpl::true_;
  using is_loading = boost::mpl::false_;

  explicit OutputArchive(cdr::Encoder& encoder) : encoder_(encoder) {}
  OutputArchive(const OutputArchive&) = delete;
  OutputArchive& operator=(const OutputArchive&) = delete;

  template <class T>
  OutputArchive& operator<<(const T& value) {
    save(value);
    return *this;
  }
  template <class T>
  OutputArchive& operator&(const T& value) {
    return *this << value;
  }

  void save_binary(const void* octets, std::size_t size) {
    const auto room = encoder_.write_room(size);
    if (size != 0) std::memcpy(room.data(), octets, size);
  }
  static boost::serialization::library_version_type get_library_version() {
    return boost::serialization::library_version_type(kLibraryVersion);
  }
  /// The classes are those of the archive; this is here because serialize() may call it.
  template <class T>
  void register_type(const T* = nullptr) {}

 private:
  struct Saved {
    std::uint32_t number;
    bool is_open;  // its members are being written
  };

  template <class T>
  void save(const T& value) {
    static_assert(!std::is_pointer_v<T>,
                  "a raw pointer is not passed by value: use std::shared_ptr or std::unique_ptr");
    if constexpr (std::is_enum_v<T>) {
      save(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
      save_number(value);
    } else if constexpr (std::is_array_v<T>) {
      for (const auto& element : value) save(element);
    } else if constexpr (kIsSequence<T>) {
      save_sequence(value);
    } else {
      save_class(value);
    }
  }

  template <class T>
  void save(const boost::serialization::nvp<T>& pair) {
    save(pair.const_value());
  }
  void save(const boost::serialization::collection_size_type& size) { encoder_.write_count(size); }
  void save(const boost::serialization::item_version_type& version) {
    encoder_.write(static_cast<std::uint32_t>(static_cast<unsigned>(version)));
  }
  template <class T>
  void save(const std::shared_ptr<T>& pointer) {
    save_pointer(pointer.get(), pointer, true);
  }
  template <class T>
  void save(const std::weak_ptr<T>& pointer) {
    const auto shared = pointer.lock();
    save_pointer(shared.get(), shared, false);
  }
  template <class T>
  void save(const std::unique_ptr<T>& pointer) {
    save_pointer(pointer.get(), nullptr, true);
  }

  template <class T>
  void save_number(T value) {
    if constexpr (std::same_as<T, long double>) {
      encoder_.write(value);
    } else {
      encoder_.write(static_cast<WireNumber<T>>(value));
    }
  }

  template <class S>
  void save_sequence(const S& values) {
    using T = typename S::value_type;
    encoder_.write_count(values.size());
    // Copied, never referred to: what is saved may be a temporary of serialize().
    if constexpr (kIsContiguous<S> && kIsOctets<T>) {
      save_binary(values.data(), values.size());
      return;
    } else if constexpr (kIsContiguous<S> && kIsBulk<T>) {
      if (encoder_.encoding().order == cdr::kNativeOrder && !values.empty()) {
        encoder_.align(sizeof(T));
        save_binary(values.data(), values.size() * sizeof(T));
        return;
      }
    }
    for (const auto& value : values) save(static_cast<const T&>(value));
  }

  template <class T>
  void save_class(const T& value) {
    using Level = boost::serialization::implementation_level<T>;
    static_assert(Level::value != boost::serialization::not_serializable);
    unsigned version = 0;
    if constexpr (Level::value >= boost::serialization::object_class_info) {
      version = static_cast<unsigned>(boost::serialization::version<T>::value);
      if (versions_.insert(typeid(T)).second) encoder_.write(static_cast<std::uint32_t>(version));
    }
    if (++depth_ > kMaxDepth) {
      throw BadParam("an object passed by value nests deeper than 64; objects so deep are refused");
    }
    boost::serialization::serialize_adl(*this, const_cast<T&>(value), version);
    --depth_;
  }

  /// `owner` is null for what cannot be shared; `owns` is false for a weak pointer.
  template <class T>
  void save_pointer(const T* pointer, std::shared_ptr<const void> owner, bool owns) {
    if (pointer == nullptr) {
      encoder_.write(static_cast<std::uint8_t>(PointerTag::null));
      return;
    }
    if (!owner) return save_object(*pointer);
    const auto number = static_cast<std::uint32_t>(objects_.size());
    const auto [known, is_new] =
        objects_.try_emplace({most_derived(pointer), typeid(*pointer)}, Saved{number, true});
    if (is_new) {
      owners_.push_back(std::move(owner));
      save_object(*pointer);
      known->second.is_open = false;
      return;
    }
    if (owns && known->second.is_open) {
      throw BadParam(
          "objects passed by value own each other in a circle, so they would never be freed: make "
          "one of the pointers a std::weak_ptr");
    }
    encoder_.write(static_cast<std::uint8_t>(PointerTag::known));
    encoder_.write(known->second.number);
  }
  template <class T>
  void save_object(const T& object) {
    encoder_.write(static_cast<std::uint8_t>(PointerTag::object));
    save_pointee(object);
  }

  template <class T>
  static const void* most_derived(const T* pointer) {
    if constexpr (std::is_polymorphic_v<T>) {
      return dynamic_cast<const void*>(pointer);
    } else {
      return pointer;
    }
  }

  template <class T>
  void save_pointee(const T& value) {
    if constexpr (!std::is_polymorphic_v<T>) {
      save(value);
    } else if (typeid(value) == typeid(T)) {
      save(std::string());
      if constexpr (!std::is_abstract_v<T>) save(value);
    } else if (!(save_if<Classes>(value) || ...)) {
      throw BadParam(std::string("an object of class ") + typeid(value).name() +
                     " is not among the classes that may be passed for its base: add it to "
                     "'derived' in the annotation @by_value");
    }
  }
  template <class Candidate, class T>
  bool save_if(const T& value) {
    using D = typename Candidate::Type;
    if constexpr (std::is_base_of_v<T, D> && !std::is_abstract_v<D>) {
      if (typeid(value) == typeid(D)) {
        save(std::string(Candidate::kName));
        save(dynamic_cast<const D&>(value));
        return true;
      }
    }
    return false;
  }

  cdr::Encoder& encoder_;
  std::size_t depth_ = 0;
  std::set<std::type_index> versions_;  // classes whose version is written
  std::map<std::pair<const void*, std::type_index>, Saved> objects_;
  std::vector<std::shared_ptr<const void>> owners_;  // so that no address is used twice
};

}  // namespace corbel::by_value
