#include <orb/ior/keyed_hash.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/ids.hpp>

#include <bit>
#include <cstdint>
#include <cstring>

namespace corbel::ior {
namespace {

struct Key {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

const Key& process_key() {
  static const Key key = [] {
    // Of an id's 128 bits 6 are fixed, so two ids make one key.
    Key words[2];
    for (Key& word : words) {
      const auto id = random_id();
      std::memcpy(&word, id.data(), sizeof(word));
    }
    return Key{words[0].low ^ std::rotl(words[1].high, 32),
               words[0].high ^ std::rotl(words[1].low, 32)};
  }();
  return key;
}

struct State {
  std::uint64_t v0, v1, v2, v3;

  void round() noexcept {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }
  void take(std::uint64_t word) noexcept {
    v3 ^= word;
    round();
    v0 ^= word;
  }
};

}  // namespace

CORBEL_HOT std::size_t keyed_hash(std::string_view octets) noexcept {
  const Key& key = process_key();
  State state{key.low ^ 0x736f6d6570736575U, key.high ^ 0x646f72616e646f6dU,
              key.low ^ 0x6c7967656e657261U, key.high ^ 0x7465646279746573U};
  std::uint64_t last = std::uint64_t{octets.size()} << 56;
  while (octets.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), sizeof(word));
    state.take(word);
    octets.remove_prefix(8);
  }
  for (std::size_t i = 0; i < octets.size(); ++i) {
    last |= std::uint64_t{static_cast<unsigned char>(octets[i])} << (8 * i);
  }
  state.take(last);
  state.v2 ^= 0xff;
  for (int i = 0; i < 3; ++i) state.round();
  return static_cast<std::size_t>(state.v0 ^ state.v1 ^ state.v2 ^ state.v3);
}

}  // namespace corbel::ior
