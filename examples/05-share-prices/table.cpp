// A display by push: a table of all shares, every now and then.
//   table --naming REFERENCE --channel NAME
#include "program.hpp"
#include "trading_day.hpp"

#include <corbel/events.hpp>

#include <cinttypes>
#include <map>

namespace shares {
namespace {

class Table {
 public:
  void take(const PriceChange& change) {
    auto& line =
        lines_.try_emplace(change.symbol, Line{change.price, change.price, 0}).first->second;
    line.last = change.price;
    ++line.changes;
    if (now_and_then_()) show(change.date);
  }
  void show(const std::string& date) {
    say("%-20s %10s %9s %8s", ("share on " + date).c_str(), "price", "since", "changes");
    std::size_t shown = 0;
    for (const auto& [symbol, line] : lines_) {
      if (++shown > kMostLines) {
        say("... and %zu more shares", lines_.size() - kMostLines);
        return;
      }
      say("%-20s %10.2f %+8.1f%% %8" PRIu32, symbol.c_str(), line.last,
          (line.last / line.first - 1) * 100, line.changes);
    }
  }

 private:
  static constexpr std::size_t kMostLines = 8;
  struct Line {
    double first, last;
    std::uint32_t changes;
  };
  std::map<std::string, Line> lines_;
  NowAndThen now_and_then_{std::chrono::milliseconds(2500)};
};

int display(const Arguments& arguments) {
  corbel::Orb orb(orb_options(arguments));
  const auto channel = corbel::events::open(orb, arguments.required("channel"));
  Table table;
  TradingDay day([&](const PriceChange& change) { table.take(change); });
  auto subscription = channel.subscribe([&](const corbel::Any& event) { day.take(event); },
                                        {.on_drop = [&](std::uint64_t count) { day.lost(count); }});
  say("ready: consuming by push");
  day.wait_until_over(kSilence);
  subscription.cancel();
  table.show("last day");
  const auto fault = day.fault();
  say("%s: %" PRIu32 " changes by push%s%s", fault.empty() ? "OK" : "FAILED", day.count(),
      fault.empty() ? ", all, in order" : ": ", fault.c_str());
  return fault.empty() ? 0 : 1;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::display); }
