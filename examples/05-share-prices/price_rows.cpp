#include "price_rows.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>

namespace shares {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Shown in messages: short, and without what could disturb a terminal.
std::string quoted(std::string_view text) {
  std::string shown = "\"";
  for (const char c : text.substr(0, 40)) {
    const auto octet = static_cast<unsigned char>(c);
    shown.push_back(octet < 0x20 || octet == 0x7f ? '?' : c);
  }
  return shown + (text.size() > 40 ? "...\"" : "\"");
}

/// The price, or why it is none.
std::optional<double> parse_price(std::string_view text, std::string& fault) {
  double price = 0;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), price);
  if (error != std::errc() || end != text.data() + text.size()) {
    fault = "the price " + quoted(text) + " is not a number";
  } else if (!std::isfinite(price)) {
    fault = "the price " + quoted(text) + " is not finite";
  } else if (price <= 0) {
    fault = "the price " + quoted(text) + " is not positive";
  } else {
    return price;
  }
  return std::nullopt;
}

/// UTF-8 without control characters; such text travels in an IDL string.
bool is_text(std::string_view text) {
  std::size_t following = 0;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (following > 0) {
      if ((octet & 0xc0) != 0x80) return false;
      --following;
    } else if (octet >= 0x80) {
      following = octet >= 0xf0 && octet < 0xf5   ? 3
                  : octet >= 0xe0 && octet < 0xf0 ? 2
                  : octet >= 0xc2 && octet < 0xe0 ? 1
                                                  : 0;
      if (following == 0) return false;
    } else if (octet < 0x20 || octet == 0x7f) {
      return false;
    }
  }
  return following == 0;
}

/// Reads digits up to `stop`; -1 if there are none, or too many.
int take_number(std::string_view& text, char stop) {
  int number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0 &&
         digits < 5) {
    number = number * 10 + (text[digits++] - '0');
  }
  if (digits == 0 || digits == 5) return -1;
  text.remove_prefix(digits);
  if (stop == '\0') return number;
  if (text.empty() || text.front() != stop) return -1;
  text.remove_prefix(1);
  return number;
}

/// The end of one quoted or bare field, `at` behind it.
std::string take_field(std::string_view record, std::size_t& at, char separator) {
  while (at < record.size() && (record[at] == ' ' || record[at] == '\t')) ++at;
  std::string field;
  if (at < record.size() && record[at] == '"') {
    for (++at;; ++at) {
      if (at >= record.size()) throw std::invalid_argument("a quoted field does not end");
      if (record[at] != '"') {
        field.push_back(record[at]);
      } else if (at + 1 < record.size() && record[at + 1] == '"') {
        field.push_back(record[++at]);
      } else {
        break;
      }
    }
    const auto rest = std::min(record.find(separator, ++at), record.size());
    if (!trimmed(record.substr(at, rest - at)).empty())
      throw std::invalid_argument("text follows a quoted field");
    at = rest;
    return std::string(trimmed(field));
  }
  const auto end = std::min(record.find(separator, at), record.size());
  field = trimmed(record.substr(at, end - at));
  at = end;
  return field;
}

}  // namespace

bool is_date(std::string_view text) {
  const auto form = text.find_first_not_of("0123456789");
  if (form == std::string_view::npos) return false;
  const char separator = text[form];
  if (separator != '-' && separator != '.' && separator != '/') return false;
  std::array<int, 3> part{};
  for (std::size_t i = 0; i < part.size(); ++i)
    part[i] = take_number(text, i < 2 ? separator : '\0');
  if (std::any_of(part.begin(), part.end(), [](int number) { return number < 0; })) return false;
  if (!text.empty() && text.front() != ' ' && text.front() != 'T') return false;
  const bool year_first = separator == '-' || part[0] > 31;
  const int year = year_first ? part[0] : part[2];
  const int month = year_first || separator == '.' ? part[1] : part[0];
  const int day = year_first ? part[2] : separator == '.' ? part[0] : part[1];
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

std::vector<std::string> split_fields(std::string_view record, char separator) {
  std::vector<std::string> fields;
  for (std::size_t at = 0;; ++at) {
    fields.push_back(take_field(record, at, separator));
    if (at >= record.size()) return fields;
  }
}

bool PriceReader::take_header(const std::vector<std::string>& fields) {
  const auto column =
      [&](std::initializer_list<std::string_view> names) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (std::find(names.begin(), names.end(), lower(fields[i])) != names.end()) return i;
    }
    return std::nullopt;
  };
  const auto date = column({"date", "day", "time", "timestamp", "datetime"});
  const auto symbol = column({"symbol", "share", "name", "ticker"});
  const auto price = column({"price", "value", "close", "last"});
  if (!date || !symbol || !price) return false;
  date_ = *date;
  symbol_ = *symbol;
  price_ = *price;
  columns_ = fields.size();
  return true;
}

PriceReader::Outcome PriceReader::read_row(const std::string& record, PriceRow& row) {
  if (first_ && record.find(',') == std::string::npos && record.find(';') != std::string::npos)
    separator_ = ';';
  const bool first = std::exchange(first_, false);
  std::vector<std::string> fields;
  std::string fault;
  try {
    fields = split_fields(record, separator_);
  } catch (const std::invalid_argument& error) {
    fault = error.what();
  }
  if (fault.empty() && first && take_header(fields)) return Outcome::header;
  std::optional<double> price;
  if (!fault.empty()) {
    // told below
  } else if (fields.size() != columns_) {
    fault = "it has " + std::to_string(fields.size()) + " fields instead of " +
            std::to_string(columns_) + " (date, symbol, price)";
  } else if (!is_date(fields[date_])) {
    fault = quoted(fields[date_]) + " is not a date";
  } else if (!is_text(fields[symbol_]) || !is_text(fields[date_])) {
    fault = "it holds octets that are no UTF-8 text";
  } else if (fields[symbol_].empty()) {
    fault = "the symbol is missing";
  } else {
    price = parse_price(fields[price_], fault);
  }
  if (!price) {
    bad_({line_, fault});
    return Outcome::skipped;
  }
  row = {fields[date_], fields[symbol_], *price};
  return Outcome::row;
}

bool PriceReader::next(PriceRow& row) {
  for (std::string record; std::getline(in_, record);) {
    if (++line_ == 1 && record.starts_with(kByteOrderMark)) record.erase(0, kByteOrderMark.size());
    if (trimmed(record).empty()) continue;
    if (read_row(record, row) == Outcome::row) return true;
  }
  return false;
}

std::vector<PriceRow> read_prices(const std::string& path,
                                  const std::function<void(const BadRow&)>& bad) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw std::runtime_error("cannot open " + path +
                             ": a CSV file with date,symbol,price rows is expected");
  std::vector<PriceRow> rows;
  PriceReader reader(file, bad);
  for (PriceRow row; reader.next(row);) rows.push_back(row);
  if (rows.empty()) {
    throw std::runtime_error(path +
                             " holds no row with date,symbol,price, e.g. 2024-01-02,ACME,76.10");
  }
  return rows;
}

}  // namespace shares
