#include <figures.idl.hpp>

#include <gtest/gtest.h>

#include <corbel/exceptions.hpp>
#include <deque>
#include <list>

// The octets of objects by value: byte orders, versions, and octets that lie.
namespace corbel::test {
namespace {

using cdr::ByteOrder;
using gallery::Figure;
using gallery::Link;
using gallery::Sheet;

template <class T>
std::vector<std::byte> octets_of(const T& value, ByteOrder order = cdr::kNativeOrder) {
  cdr::Encoding encoding;
  encoding.order = order;
  cdr::Encoder encoder(encoding);
  Type<T>::encode(encoder, value);
  return encoder.copy();
}

/// What was wrong; empty if nothing.
template <class T>
std::string read(std::span<const std::byte> octets, T& value, ByteOrder order = cdr::kNativeOrder) {
  cdr::Encoding encoding;
  encoding.order = order;
  cdr::Decoder decoder(octets, encoding);
  Type<T>::decode(decoder, value);
  return std::string(decoder.failure());
}

Sheet sample() {
  Sheet sheet;
  sheet.title = "title";
  sheet.wide = L"wide";
  sheet.width = -3;
  sheet.samples = {1, 2, 3};
  sheet.lines = {"a", "b"};
  sheet.counts = {{"x", 1}};
  return sheet;
}

Figure group() {
  const auto made = std::make_shared<figures::Group>();
  made->members = {std::make_shared<figures::Circle>(1), nullptr};
  made->members.push_back(made->members.front());
  return made;
}

/// 1 to 5, each weighing twice as much.
Link chain(int length) {
  Link first;
  for (int i = length; i > 0; --i) {
    auto link = std::make_unique<figures::Link>();
    link->value = i;
    link->weight = 2 * i;
    link->next = std::move(first);
    first = std::move(link);
  }
  return first;
}

/// The octets with those from `position` on replaced.
std::vector<std::byte> with(std::vector<std::byte> octets, std::size_t position,
                            std::initializer_list<int> wrong) {
  for (const int octet : wrong) octets.at(position++) = static_cast<std::byte>(octet);
  return octets;
}

}  // namespace

TEST(ByValueArchive, IsTheSameInBothByteOrders) {
  for (const auto order : {ByteOrder::big, ByteOrder::little}) {
    Sheet sheet;
    EXPECT_EQ(read(octets_of(sample(), order), sheet, order), "");
    EXPECT_EQ(sheet, sample());
  }
}

TEST(ByValueArchive, SaysItsOwnByteOrder) {
  // What carries it on need not know it.
  const auto octets = octets_of(sample(), ByteOrder::big);
  cdr::Encoding big;
  big.order = ByteOrder::big;
  cdr::Decoder decoder(octets, big);
  std::vector<std::uint8_t> opaque;
  Type<std::vector<std::uint8_t>>::decode(decoder, opaque);
  Sheet sheet;
  EXPECT_EQ(read(octets_of(opaque, ByteOrder::little), sheet, ByteOrder::little), "");
  EXPECT_EQ(sheet, sample());
}

TEST(ByValueArchive, CutAnywhereIsRefused) {
  const auto check = [](const auto& value) {
    const auto octets = octets_of(value);
    for (std::size_t size = 0; size < octets.size(); ++size) {
      std::remove_cvref_t<decltype(value)> read_back;
      ASSERT_NE(read(std::span(octets).first(size), read_back), "") << size;
    }
  };
  check(sample());
  check(group());
  check(chain(5));
}

TEST(ByValueArchive, SpoiltAnywhereNeverHarms) {
  const auto octets = octets_of(group());
  for (std::size_t at = 4; at < octets.size(); ++at) {
    for (const int octet : {0, 1, 2, 0x7f, 0xff}) {
      Figure figure;
      static_cast<void>(read(with(octets, at, {octet}), figure));
    }
  }
  SUCCEED();
}

TEST(ByValueArchive, KeepsOwnersAndVersions) {
  Link link;
  EXPECT_EQ(read(octets_of(chain(5)), link), "");
  EXPECT_EQ(link->next->next->value, 3);
  EXPECT_EQ(link->next->next->weight, 6);
}

TEST(ByValueArchive, ReadsAnOlderVersion) {
  // length, byte order, tag, padding, version 0, value 9, tag of the null pointer
  const auto octets =
      with(std::vector<std::byte>(17), 0, {13, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0});
  Link link;
  EXPECT_EQ(read(octets, link, ByteOrder::little), "");
  EXPECT_EQ(link->value, 9);
  EXPECT_EQ(link->weight, 1);
}

TEST(ByValueArchive, RefusesANewerVersion) {
  const auto octets =
      with(std::vector<std::byte>(17), 0, {13, 0, 0, 0, 1, 1, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 0});
  Link link;
  EXPECT_EQ(read(octets, link, ByteOrder::little),
            "an object's class has a newer version than this program knows");
}

TEST(ByValueArchive, RefusesSharingOfWhatHasOneOwner) {
  const auto octets = with(std::vector<std::byte>(6), 0, {2, 0, 0, 0, 1, 2});
  Link link;
  EXPECT_EQ(read(octets, link, ByteOrder::little), "an object that has one owner is shared");
}

TEST(ByValueArchive, RefusesClassesThatAreNotListed) {
  auto octets = octets_of(Figure(std::make_shared<figures::Circle>(1)), ByteOrder::little);
  const auto name = std::string("figures::Circle");
  const auto at = std::search(octets.begin(), octets.end(), name.begin(), name.end(),
                              [](std::byte o, char c) { return static_cast<char>(o) == c; });
  ASSERT_NE(at, octets.end());
  *at = std::byte{'F'};
  Figure figure;
  EXPECT_EQ(read(octets, figure, ByteOrder::little),
            "an object's class is not among those that may be passed here");
}

TEST(ByValueArchive, RefusesAnAbstractClass) {
  // length, byte order, tag, padding, an empty name
  const auto octets = with(std::vector<std::byte>(12), 0, {8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0});
  Figure figure;
  EXPECT_EQ(read(octets, figure, ByteOrder::little),
            "an object's class is not among those that may be passed here");
}

TEST(ByValueArchive, RefusesPointersToNowhere) {
  const auto octets = with(std::vector<std::byte>(12), 0, {8, 0, 0, 0, 1, 2, 0, 0, 5, 0, 0, 0});
  Figure figure;
  EXPECT_EQ(read(octets, figure, ByteOrder::little),
            "a pointer refers to an object that is not there");
}

TEST(ByValueArchive, RefusesWhatTheClassRefuses) {
  auto octets = octets_of(Figure(std::make_shared<figures::Circle>(1)), ByteOrder::little);
  octets.back() = std::byte{0xbf};  // the sign of the radius
  Figure figure;
  EXPECT_EQ(read(octets, figure, ByteOrder::little),
            "the class of an object by value refused its octets");
}

TEST(ByValueArchive, RefusesOctetsLeftOver) {
  auto octets = octets_of(sample(), ByteOrder::little);
  octets.push_back(std::byte{0});
  octets[0] = static_cast<std::byte>(std::to_integer<unsigned>(octets[0]) + 1);
  Sheet sheet;
  EXPECT_EQ(read(octets, sheet, ByteOrder::little),
            "octets are left over behind an object by value");
}

TEST(ByValueArchive, TakesNoMemoryForCountsThatLie) {
  using Values = by_value::Value<std::vector<Sheet>>;
  using Numbers = by_value::Value<std::vector<std::uint64_t>>;
  using Keys = by_value::Value<std::map<std::string, int>>;
  const auto octets =
      with(std::vector<std::byte>(16), 0, {12, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f});
  const auto refuses = [&]<class Codec, class T>(Codec*, T value) {
    cdr::Encoding little;
    little.order = ByteOrder::little;
    cdr::Decoder decoder(octets, little);
    Codec::decode(decoder, value);
    EXPECT_TRUE(decoder.failed());
    EXPECT_TRUE(value.empty());
  };
  refuses(static_cast<Values*>(nullptr), std::vector<Sheet>());
  refuses(static_cast<Numbers*>(nullptr), std::vector<std::uint64_t>());
  refuses(static_cast<Keys*>(nullptr), std::map<std::string, int>());
}

TEST(ByValueArchive, RefusesOwnersInACircle) {
  const auto group = std::make_shared<figures::Group>();
  group->members = {group};
  EXPECT_THROW(octets_of(Figure(group)), BadParam);

  // A group that names itself as its member: 2 and the number 0 in place of a null pointer.
  group->members = {nullptr};
  auto octets = octets_of(Figure(group), ByteOrder::little);
  octets.resize(octets.size() - 2);  // the member and the weak pointer
  octets.push_back(std::byte{2});
  while (octets.size() % 4 != 0) octets.push_back(std::byte{0});
  octets.resize(octets.size() + 5);
  octets[0] = static_cast<std::byte>(octets.size() - 4);
  Figure figure;
  EXPECT_EQ(read(octets, figure, ByteOrder::little), "objects own each other in a circle");
}

TEST(ByValueArchive, RefusesToGoDeeperThanTheLimit) {
  EXPECT_NO_THROW(octets_of(chain(60)));
  EXPECT_THROW(octets_of(chain(70)), BadParam);
}

TEST(ByValueArchive, CarriesSequencesOfClasses) {
  using Codec = by_value::Value<std::deque<std::list<Sheet>>>;
  const std::deque<std::list<Sheet>> sheets{{sample()}, {}, {sample(), Sheet()}};
  cdr::Encoder encoder;
  Codec::encode(encoder, sheets);
  const auto octets = encoder.copy();
  cdr::Decoder decoder(octets);
  std::deque<std::list<Sheet>> back;
  Codec::decode(decoder, back);
  EXPECT_EQ(decoder.failure(), "");
  EXPECT_EQ(back, sheets);
}

}  // namespace corbel::test
