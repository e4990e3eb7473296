#include <corbel/stub/decoder.hpp>

#include <random>

#include "messages.hpp"

namespace corbel::giop {
namespace {

/// Writes values as a GIOP 1.1 sender does that starts a new fragment whenever one is full, and
/// gives the joined octets with the fragments' starts.
class Sender {
 public:
  explicit Sender(std::size_t fragment_size) : fragment_size_(fragment_size) {}

  template <class T>
  void write(T value) {
    std::size_t gap = (sizeof(T) - position_ % sizeof(T)) % sizeof(T);
    if (position_ + gap + sizeof(T) > fragment_size_) {
      starts_.push_back(octets_.size());
      position_ = kHeaderSize;
      gap = (sizeof(T) - position_ % sizeof(T)) % sizeof(T);
    }
    octets_.insert(octets_.end(), gap, std::byte{0xcc});
    const auto* from = reinterpret_cast<const std::byte*>(&value);
    octets_.insert(octets_.end(), from, from + sizeof(T));
    position_ += gap + sizeof(T);
  }

  const std::vector<std::byte>& octets() const { return octets_; }
  const std::vector<std::size_t>& starts() const { return starts_; }

 private:
  std::size_t fragment_size_;
  std::vector<std::byte> octets_ = std::vector<std::byte>(kHeaderSize);
  std::vector<std::size_t> starts_;
  std::size_t position_ = kHeaderSize;
};

TEST(FragmentAlignment, ValuesOfEverySizeAreFoundWhereverFragmentsEnd) {
  for (std::size_t fragment_size = 24; fragment_size < 80; ++fragment_size) {
    std::mt19937 random(static_cast<unsigned>(fragment_size));
    std::vector<unsigned> kinds(200);
    for (unsigned& kind : kinds) kind = random() % 4;
    Sender sender(fragment_size);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (kinds[i] == 0) sender.write(static_cast<std::uint8_t>(i));
      if (kinds[i] == 1) sender.write(static_cast<std::uint16_t>(i));
      if (kinds[i] == 2) sender.write(static_cast<std::uint32_t>(i));
      if (kinds[i] == 3) sender.write(static_cast<std::uint64_t>(i));
    }
    cdr::Decoder decoder(sender.octets(), {.version = {1, 1}});
    decoder.set_fragment_starts(sender.starts());
    decoder.skip(kHeaderSize);

    for (std::size_t i = 0; i < kinds.size(); ++i) {
      std::uint64_t value = 0;
      if (kinds[i] == 0) value = decoder.read<std::uint8_t>();
      if (kinds[i] == 1) value = decoder.read<std::uint16_t>();
      if (kinds[i] == 2) value = decoder.read<std::uint32_t>();
      if (kinds[i] == 3) value = decoder.read<std::uint64_t>();
      ASSERT_EQ(value, i) << "fragments of " << fragment_size;
    }
    EXPECT_EQ(decoder.remaining(), 0u);
    EXPECT_FALSE(decoder.failed());
  }
}

TEST(FragmentAlignment, AnArrayHasGapsWhereAFragmentBegins) {
  Sender sender(32);
  for (int i = 0; i < 20; ++i) sender.write(static_cast<double>(i));
  cdr::Decoder decoder(sender.octets(), {.version = {1, 1}});
  decoder.set_fragment_starts(sender.starts());
  decoder.skip(kHeaderSize);

  EXPECT_TRUE(decoder.view_array<double>(20).empty());
  std::vector<double> read(20);
  decoder.read_array(std::span(read));

  for (int i = 0; i < 20; ++i) EXPECT_EQ(read[static_cast<std::size_t>(i)], i);
}

TEST(FragmentAlignment, AValueBeyondTheEndFails) {
  const std::vector<std::byte> octets(20);
  const std::vector<std::size_t> starts = {18};
  cdr::Decoder decoder(octets, {.version = {1, 1}});
  decoder.set_fragment_starts(starts);
  decoder.skip(16);

  decoder.read<std::uint64_t>();

  EXPECT_TRUE(decoder.failed());
}

}  // namespace
}  // namespace corbel::giop
