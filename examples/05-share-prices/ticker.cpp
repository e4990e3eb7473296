// A display by pull: the current value of whatever changed last.
//   ticker --naming REFERENCE --channel NAME
#include "program.hpp"
#include "trading_day.hpp"

#include <corbel/events.hpp>

#include <cinttypes>

namespace shares {
namespace {

int tick(const Arguments& arguments) {
  corbel::Orb orb(orb_options(arguments));
  const auto channel = corbel::events::open(orb, arguments.required("channel"));
  NowAndThen now_and_then(std::chrono::milliseconds(400));
  TradingDay day([&](const PriceChange& change) {
    if (now_and_then()) say("current value of %s: %.2f", change.symbol.c_str(), change.price);
  });
  if (const auto early = channel.pull(std::chrono::seconds(0))) day.take(*early);  // connects
  say("ready: consuming by pull");
  while (!day.is_over()) {
    const auto event = channel.pull(kSilence);
    if (!event) break;
    day.take(*event);
  }
  day.lost(channel.dropped());
  const auto fault = day.fault();
  say("%s: %" PRIu32 " changes by pull%s%s", fault.empty() ? "OK" : "FAILED", day.count(),
      fault.empty() ? ", all, in order" : ": ", fault.c_str());
  return fault.empty() ? 0 : 1;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::tick); }
