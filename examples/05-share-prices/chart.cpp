// A display by push: draws the prices as bars.
//   chart --naming REFERENCE --channel NAME
#include "program.hpp"
#include "trading_day.hpp"

#include <corbel/events.hpp>

#include <algorithm>
#include <cinttypes>
#include <map>

namespace shares {
namespace {

/// Bars between the lowest and highest price seen of each share.
class Chart {
 public:
  void show(const PriceChange& change) {
    auto& range =
        ranges_.try_emplace(change.symbol, Range{change.price, change.price}).first->second;
    range.low = std::min(range.low, change.price);
    range.high = std::max(range.high, change.price);
    if (!now_and_then_()) return;
    constexpr double kWidth = 30;
    const double span = range.high - range.low;
    const auto length =
        span > 0 ? static_cast<std::size_t>((change.price - range.low) / span * kWidth) : 0;
    say("%s %-6s %10.2f |%s", change.date.c_str(), change.symbol.c_str(), change.price,
        std::string(length + 1, '=').c_str());
  }

 private:
  struct Range {
    double low, high;
  };
  std::map<std::string, Range> ranges_;
  NowAndThen now_and_then_{std::chrono::milliseconds(500)};
};

int display(const Arguments& arguments) {
  corbel::Orb orb(orb_options(arguments));
  const auto channel = corbel::events::open(orb, arguments.required("channel"));
  Chart chart;
  TradingDay day([&](const PriceChange& change) { chart.show(change); });
  auto subscription = channel.subscribe([&](const corbel::Any& event) { day.take(event); },
                                        {.on_drop = [&](std::uint64_t count) { day.lost(count); }});
  say("ready: consuming by push");
  day.wait_until_over(kSilence);
  subscription.cancel();
  const auto fault = day.fault();
  say("%s: %" PRIu32 " changes by push%s%s", fault.empty() ? "OK" : "FAILED", day.count(),
      fault.empty() ? ", all, in order" : ": ", fault.c_str());
  return fault.empty() ? 0 : 1;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::display); }
