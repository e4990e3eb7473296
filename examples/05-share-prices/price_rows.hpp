#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace shares {

struct PriceRow {
  std::string date;
  std::string symbol;
  double price = 0;
};

/// A row that makes no sense: where, and why.
struct BadRow {
  std::size_t line = 0;
  std::string reason;
};

/// Reads CSV with the columns date, symbol, price: comma or semicolon, quotes ("" inside for one),
/// blanks around fields, CR LF, a UTF-8 byte order mark, empty lines. A first line that names the
/// columns says where they are; others may stand beside them then. A row is one line.
class PriceReader {
 public:
  /// `bad` is told of each row that is skipped.
  PriceReader(std::istream& in, std::function<void(const BadRow&)> bad)
      : in_(in), bad_(std::move(bad)) {}

  /// False at the end.
  bool next(PriceRow& row);

 private:
  enum class Outcome { row, skipped, header };

  Outcome read_row(const std::string& record, PriceRow& row);
  bool take_header(const std::vector<std::string>& fields);

  std::istream& in_;
  std::function<void(const BadRow&)> bad_;
  std::size_t line_ = 0;  ///< read last
  bool first_ = true;
  char separator_ = ',';
  std::size_t date_ = 0, symbol_ = 1, price_ = 2;
  std::size_t columns_ = 3;
};

/// All rows of a file. Throws std::runtime_error, with what to do, if it cannot be read or holds no
/// row that makes sense.
std::vector<PriceRow> read_prices(const std::string& path,
                                  const std::function<void(const BadRow&)>& bad);

/// The fields of one record, blanks around them removed, quotes taken off. Throws
/// std::invalid_argument if a quoted field does not end.
std::vector<std::string> split_fields(std::string_view record, char separator);
/// Years-months-days, days.months.years or months/days/years, perhaps with a time behind.
bool is_date(std::string_view text);

}  // namespace shares
