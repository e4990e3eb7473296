#include <orb/giop/service_context.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

std::string round_trip(std::string_view utf8) {
  return decode_exception_detail(encode_exception_detail(utf8)).value();
}

TEST(ExceptionDetail, IsAWstringOfGiop12InAnEncapsulation) {
  // Big-endian UTF-16 without byte order mark, whatever the encapsulation's byte order.
  EXPECT_EQ(decode_exception_detail(testing::octets("00 000000 00000004 0048 0069")), "Hi");
  EXPECT_EQ(decode_exception_detail(testing::octets("01 000000 04000000 0048 0069")), "Hi");
  EXPECT_EQ(encode_exception_detail("Hi"), testing::octets("01 000000 04000000 0048 0069"));
}

TEST(ExceptionDetail, CarriesAnyCharacter) {
  for (const char* text :
       {"", "x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xef\xbf\xbf"}) {
    EXPECT_EQ(round_trip(text), text);
  }
}

TEST(ExceptionDetail, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(round_trip("a\xff"
                       "b"),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(round_trip("\xc3"), "\xef\xbf\xbd");
  EXPECT_EQ(round_trip("\xc0\x80"), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(round_trip("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(ExceptionDetail, IsShortenedToAThousandCharacters) {
  EXPECT_EQ(round_trip(std::string(5000, 'x')), std::string(1000, 'x'));
}

TEST(ExceptionDetail, IsNotReadBeyondItsBound) {
  cdr::Encoder encoder;
  encoder.write(static_cast<std::uint8_t>(cdr::kNativeOrder));
  encoder.write_wstring(std::u16string(5000, u'x'));

  EXPECT_FALSE(decode_exception_detail(encoder.octets()));
}

TEST(ExceptionDetail, CutAnywhereSaysNothing) {
  const auto data = encode_exception_detail("what happened");

  for (std::size_t size = 0; size < data.size(); ++size) {
    EXPECT_FALSE(decode_exception_detail(std::span(data).first(size))) << size;
  }
}

}  // namespace
}  // namespace corbel::giop
