#pragma once

#include <corbel/stub/by_value_classes.hpp>
#include <corbel/stub/decoder.hpp>

#include <exception>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

namespace corbel::by_value {

/// Leaves the serialize() functions of the user's classes once the decoder has failed.
class Failed : public std::exception {
 public:
  const char* what() const noexcept override { return "the octets are no such object"; }
};

/// Boost.Serialization's archive for loading, from CDR; see OutputArchive. The octets are a
/// stranger's: objects are only made of classes that the types and `Classes` name, everything made
/// is taken from the decoder's budgets, and whatever is wrong fails the decoder and throws Failed.
template <class... Classes>
class InputArchive {
 public:
  using is_saving = boost::mpl::false_;
  using is_loading = boost::mpl::true_;

  explicit InputArchive(cdr::Decoder& decoder) : decoder_(decoder) {}
  InputArchive(const InputArchive&) = delete;
  InputArchive& operator=(const InputArchive&) = delete;

  template <class T>
  InputArchive& operator>>(T&& value) {
    load(value);
    return *this;
  }
  template <class T>
  InputArchive& operator&(T&& value) {
    load(value);
    return *this;
  }

  void load_binary(void* octets, std::size_t size) {
    const auto from = decoder_.read_octets(size);
    check();
    if (size != 0) std::memcpy(octets, from.data(), size);
  }
  static boost::serialization::library_version_type get_library_version() {
    return boost::serialization::library_version_type(kLibraryVersion);
  }
  template <class T>
  void register_type(const T* = nullptr) {}
  /// Objects are known by their number, so it does not matter that a container moves them.
  template <class T>
  void reset_object_address(const T*, const T*) {}
  void reset_object_address(const void*, const void*) {}

 private:
  struct Known {
    std::shared_ptr<void> object;  // of the class itself
    std::type_index type;
    bool is_open = true;  // its members are being read
  };

  void check() const {
    if (decoder_.failed()) throw Failed();
  }
  [[noreturn]] void fail(const char* what) {
    decoder_.fail(what);
    throw Failed();
  }

  template <class T>
  void load(T& value) {
    static_assert(!std::is_pointer_v<T>,
                  "a raw pointer is not passed by value: use std::shared_ptr or std::unique_ptr");
    if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> number{};
      load(number);
      value = static_cast<T>(number);
    } else if constexpr (std::is_arithmetic_v<T>) {
      load_number(value);
    } else if constexpr (std::is_array_v<T>) {
      for (auto& element : value) load(element);
    } else if constexpr (kIsSequence<T>) {
      load_sequence(value);
    } else {
      load_class(value);
    }
  }

  template <class T>
  void load(const boost::serialization::nvp<T>& pair) {
    load(pair.value());
  }
  /// Of the containers that Boost reads: it makes one element after the other.
  void load(boost::serialization::collection_size_type& size) {
    size = boost::serialization::collection_size_type(load_count(64));
  }
  void load(boost::serialization::item_version_type& version) {
    version = boost::serialization::item_version_type(decoder_.read<std::uint32_t>());
    check();
  }
  template <class T>
  void load(std::shared_ptr<T>& pointer) {
    load_shared(pointer, true);
  }
  template <class T>
  void load(std::weak_ptr<T>& pointer) {
    std::shared_ptr<T> shared;
    load_shared(shared, false);
    pointer = shared;
  }
  /// `owns` is false for a weak pointer.
  template <class T>
  void load_shared(std::shared_ptr<T>& pointer, bool owns) {
    switch (load_tag()) {
      case PointerTag::null:
        pointer.reset();
        return;
      case PointerTag::known:
        pointer = load_known<T>(owns);
        return;
      case PointerTag::object:
        choose<T>([&]<class D>() { pointer = make_shared_object<D>(); });
    }
  }
  template <class T>
  void load(std::unique_ptr<T>& pointer) {
    switch (load_tag()) {
      case PointerTag::null:
        pointer.reset();
        return;
      case PointerTag::known:
        fail("an object that has one owner is shared");
      case PointerTag::object:
        choose<T>([&]<class D>() { pointer = make_owned_object<D>(); });
    }
  }

  template <class T>
  void load_number(T& value) {
    if constexpr (std::same_as<T, long double>) {
      value = decoder_.read_long_double();
    } else {
      const auto number = decoder_.read<WireNumber<T>>();
      if constexpr (std::integral<T> && !std::same_as<T, bool>) {
        if (!std::in_range<Comparable<T>>(number) && sizeof(T) < sizeof(number)) {
          fail("a number does not fit its type on this machine");
        }
      }
      value = static_cast<T>(number);
    }
    check();
  }
  template <class T>
  using Comparable = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;

  /// `memory`: octets that each element takes from the budget.
  std::uint32_t load_count(std::size_t memory) {
    const auto count = decoder_.read<std::uint32_t>();
    check();
    if (!decoder_.claim(std::size_t{count} * memory, count)) throw Failed();
    return count;
  }

  template <class S>
  void load_sequence(S& values) {
    using T = typename S::value_type;
    values.clear();
    if constexpr (kIsContiguous<S> && std::is_arithmetic_v<T>) {
      const auto count = decoder_.read_count(sizeof(WireNumber<T>), sizeof(T), true);
      check();
      if constexpr (kIsOctets<T>) {
        values.resize(count);
        load_binary(values.data(), count);
      } else if constexpr (kIsBulk<T>) {
        values.resize(count);
        decoder_.read_array(std::span<T>(values.data(), count));
        check();
      } else {
        for (std::uint32_t left = count; left > 0; --left) load_element(values);
      }
    } else {
      for (auto left = load_count(sizeof(T)); left > 0; --left) load_element(values);
    }
  }
  template <class S>
  void load_element(S& values) {
    typename S::value_type value{};
    load(value);
    values.push_back(std::move(value));
  }

  template <class T>
  void load_class(T& value) {
    using Level = boost::serialization::implementation_level<std::remove_const_t<T>>;
    static_assert(Level::value != boost::serialization::not_serializable);
    unsigned version = 0;
    if constexpr (Level::value >= boost::serialization::object_class_info) {
      version = load_version<T>();
    }
    if (!decoder_.enter()) throw Failed();
    boost::serialization::serialize_adl(*this, value, version);
    check();
    decoder_.leave();
  }

  template <class T>
  unsigned load_version() {
    const auto [known, is_new] = versions_.try_emplace(typeid(T), 0U);
    if (is_new) {
      known->second = decoder_.read<std::uint32_t>();
      check();
      if (known->second > static_cast<unsigned>(boost::serialization::version<T>::value)) {
        fail("an object's class has a newer version than this program knows");
      }
    }
    return known->second;
  }

  PointerTag load_tag() {
    const auto tag = decoder_.read<std::uint8_t>();
    check();
    if (tag > static_cast<std::uint8_t>(PointerTag::known)) fail("octet is no tag of a pointer");
    return static_cast<PointerTag>(tag);
  }

  /// Reads which class an object behind a pointer to T is of, and calls make<D>() for that class D.
  template <class T, class Make>
  void choose(Make make) {
    if constexpr (!std::is_polymorphic_v<T>) {
      make.template operator()<T>();
    } else {
      std::string name;
      load(name);
      bool made = false;
      if (!name.empty()) {
        made = (choose_if<Classes, T>(name, make) || ...);
      } else if constexpr (!std::is_abstract_v<T>) {
        make.template operator()<T>();
        made = true;
      }
      if (!made) fail("an object's class is not among those that may be passed here");
    }
  }
  template <class Candidate, class T, class Make>
  static bool choose_if(std::string_view name, Make& make) {
    using D = typename Candidate::Type;
    if constexpr (std::is_base_of_v<T, D> && !std::is_abstract_v<D>) {
      if (name != Candidate::kName) return false;
      make.template operator()<D>();
      return true;
    } else {
      return false;
    }
  }

  /// It is known before its members are read, because they may point back to it.
  template <class D>
  std::shared_ptr<D> make_shared_object() {
    if (!decoder_.claim(sizeof(D), 1)) throw Failed();
    auto object = std::make_shared<D>();
    const std::size_t number = known_.size();
    known_.push_back({object, typeid(D)});
    load(*object);
    known_[number].is_open = false;
    return object;
  }
  template <class D>
  std::unique_ptr<D> make_owned_object() {
    if (!decoder_.claim(sizeof(D), 1)) throw Failed();
    auto object = std::make_unique<D>();
    load(*object);
    return object;
  }

  template <class T>
  std::shared_ptr<T> load_known(bool owns) {
    const auto number = decoder_.read<std::uint32_t>();
    check();
    if (number >= known_.size()) fail("a pointer refers to an object that is not there");
    const Known& known = known_[number];
    // Nobody would ever free them, and a stranger could send as many as he likes.
    if (owns && known.is_open) fail("objects own each other in a circle");
    std::shared_ptr<T> found;
    as<T, T>(known, found);
    (as<T, typename Classes::Type>(known, found), ...);
    if (!found) fail("a pointer refers to an object of another class");
    return found;
  }
  template <class T, class D>
  static void as(const Known& known, std::shared_ptr<T>& found) {
    if constexpr (std::is_base_of_v<T, D>) {
      if (!found && known.type == typeid(D)) found = std::static_pointer_cast<D>(known.object);
    }
  }

  cdr::Decoder& decoder_;
  std::map<std::type_index, unsigned> versions_;
  std::vector<Known> known_;
};

}  // namespace corbel::by_value
