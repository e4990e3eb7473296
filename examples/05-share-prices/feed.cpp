// The feed: sets each price of the file at the exchange and publishes the change.
//   feed --naming REFERENCE --channel NAME --prices FILE.csv [--seconds 45] [--pace 2]
#include "price_rows.hpp"
#include "program.hpp"
#include "trading_day.hpp"

#include <corbel/events.hpp>
#include <corbel/naming.hpp>
#include <shares.idl.hpp>

#include <algorithm>
#include <cinttypes>
#include <map>
#include <thread>

namespace shares {
namespace {

using Clock = std::chrono::steady_clock;

/// Plays the rows: not faster than the eye (at most `pace` ms a row, about ten seconds in all), and
/// not longer than the time given.
class Feed {
 public:
  Feed(corbel::Orb& orb, const Arguments& arguments)
      : exchange_(orb.naming().resolve<Exchange>("shares/exchange")),
        channel_(corbel::events::open(orb, arguments.required("channel"))),
        seconds_(arguments.number("seconds", 45)),
        pace_ms_(arguments.number("pace", 2)) {}

  void play(const std::vector<PriceRow>& rows) {
    constexpr double kWholeShow = 10'000;
    const auto pace = std::chrono::duration<double, std::milli>(
        std::min(pace_ms_, kWholeShow / static_cast<double>(rows.size())));
    const auto start = Clock::now();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (Clock::now() - start > std::chrono::duration<double>(seconds_)) {
        say("stopping after %zu of %zu rows: %.0f s are over (--seconds)", i, rows.size(),
            seconds_);
        break;
      }
      std::this_thread::sleep_until(
          start + std::chrono::duration_cast<Clock::duration>(pace * static_cast<double>(i)));
      publish(rows[i]);
      show_progress(i + 1, rows.size());
    }
    channel_.publish(EndOfTrading{number_, sum_});
    say("trading is over: %" PRIu32 " price changes published", number_);
  }

 private:
  void publish(const PriceRow& row) {
    auto share = shares_.find(row.symbol);
    if (share == shares_.end())
      share = shares_.emplace(row.symbol, exchange_.find(row.symbol)).first;
    share->second.set_price(row.price);
    channel_.publish(PriceChange{++number_, row.date, row.symbol, row.price});
    sum_ += row.price;
  }

  void show_progress(std::size_t done, std::size_t all) {
    const std::size_t tenth = done * 10 / all;
    if (tenth == tenth_) return;
    tenth_ = tenth;
    say("%3zu %% (%zu of %zu rows)", tenth * 10, done, all);
  }

  const Exchange exchange_;
  const corbel::events::Channel channel_;
  const double seconds_;
  const double pace_ms_;
  std::map<std::string, Share> shares_;
  std::uint32_t number_ = 0;
  double sum_ = 0;
  std::size_t tenth_ = 0;
};

int feed(const Arguments& arguments) {
  const std::string path = arguments.required("prices");
  std::size_t skipped = 0;
  const auto rows = read_prices(path, [&](const BadRow& bad) {
    ++skipped;
    say("%s:%zu: %s; skipped", path.c_str(), bad.line, bad.reason.c_str());
  });
  say("%zu rows of %s, %zu skipped", rows.size(), path.c_str(), skipped);
  corbel::Orb orb(orb_options(arguments));
  Feed(orb, arguments).play(rows);
  return 0;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::feed); }
