#include "examples/05-share-prices/price_rows.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace shares {
namespace {

struct Read {
  std::vector<PriceRow> rows;
  std::vector<std::size_t> bad_lines;
  std::string reasons;
};

Read read(const std::string& text) {
  Read result;
  std::istringstream in(text);
  PriceReader reader(in, [&](const BadRow& bad) {
    result.bad_lines.push_back(bad.line);
    result.reasons += bad.reason + "\n";
  });
  for (PriceRow row; reader.next(row);) result.rows.push_back(row);
  return result;
}

TEST(PriceRows, ReadsPlainRows) {
  const auto result = read("2024-01-02,ACME,76.10\n2024-01-03,ACME,77\n");

  ASSERT_EQ(result.rows.size(), 2u);
  EXPECT_EQ(result.rows[0].date, "2024-01-02");
  EXPECT_EQ(result.rows[0].symbol, "ACME");
  EXPECT_DOUBLE_EQ(result.rows[0].price, 76.10);
  EXPECT_TRUE(result.bad_lines.empty());
}

TEST(PriceRows, AHeaderLineMayBeThereAndOrdersTheColumns) {
  const auto result = read("Symbol,Volume,PRICE,Date\nACME,9,1.5,2024-01-02\n");

  ASSERT_EQ(result.rows.size(), 1u);
  EXPECT_EQ(result.rows[0].symbol, "ACME");
  EXPECT_DOUBLE_EQ(result.rows[0].price, 1.5);
}

TEST(PriceRows, CopesWithByteOrderMarkCarriageReturnsBlanksQuotesAndEmptyLines) {
  const auto result = read(
      "\xef\xbb\xbf"
      "date,symbol,price\r\n\r\n 2024-01-02 , \"A \"\"B\"\", C\" ,\t+2.5 \r\n");

  ASSERT_EQ(result.rows.size(), 1u);
  EXPECT_EQ(result.rows[0].symbol, "A \"B\", C");
  EXPECT_DOUBLE_EQ(result.rows[0].price, 2.5);
  EXPECT_TRUE(result.bad_lines.empty());
}

TEST(PriceRows, SemicolonsSeparateToo) { EXPECT_EQ(read("2024-01-02;ACME;1\n").rows.size(), 1u); }

TEST(PriceRows, RowsThatMakeNoSenseAreToldWithTheirLine) {
  const auto result = read(
      "2024-01-02,ACME,nan\n"
      "2024-01-02,ACME,-1\n"
      "2024-01-02,ACME,0\n"
      "2024-01-02,ACME,inf\n"
      "2024-01-02,ACME,1e999\n"
      "2024-01-02,ACME,12abc\n"
      "2024-01-02,ACME,\n"
      "2024-01-02,,1\n"
      "2024-02-30,ACME,1\n"
      "someday,ACME,1\n"
      "2024-01-02,ACME\n"
      "2024-01-02,ACME,1,2\n"
      "2024-01-02,\"ACME,1\n"
      "2024-01-02,AC\xff"
      "ME,1\n"
      "2024-01-02,ACME,1\n");

  EXPECT_EQ(result.rows.size(), 1u);
  EXPECT_EQ(result.bad_lines.size(), 14u);
  EXPECT_EQ(result.bad_lines.front(), 1u);
  EXPECT_EQ(result.bad_lines.back(), 14u);
  EXPECT_NE(result.reasons.find("\"-1\" is not positive"), std::string::npos) << result.reasons;
  EXPECT_NE(result.reasons.find("a quoted field does not end"), std::string::npos)
      << result.reasons;
}

TEST(PriceRows, KnowsDatesInUsualForms) {
  for (const char* date : {"2024-01-02", "2024/02/29", "31.12.2024", "12/31/2024",
                           "2024-01-02T10:00:00Z", "2024-01-02 10:00"}) {
    EXPECT_TRUE(is_date(date)) << date;
  }
  for (const char* date : {"", "2024", "2024-00-01", "2023-02-29", "32.01.2024", "2024-01",
                           "2024-01-02x", "-1-1-1", "99999-1-1"}) {
    EXPECT_FALSE(is_date(date)) << date;
  }
}

TEST(PriceRows, AnEmptyOrMissingFileIsRefusedWithAClearMessage) {
  EXPECT_THROW(read_prices("/nonexistent/prices.csv", [](const BadRow&) {}), std::runtime_error);
  EXPECT_THROW(read_prices("/dev/null", [](const BadRow&) {}), std::runtime_error);
}

}  // namespace
}  // namespace shares
