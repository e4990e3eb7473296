// The trader: asks to be called back when a price reaches a limit, and checks against the channel's
// events that it was called exactly when it should have been.
//   trader --naming REFERENCE --channel NAME [--symbol S] [--limit P]
#include "program.hpp"
#include "trading_day.hpp"

#include <corbel/events.hpp>
#include <corbel/naming.hpp>
#include <shares.idl.hpp>

#include <atomic>
#include <optional>

namespace shares {
namespace {

/// Called by the exchange while the feed's call to it still waits; calls the share back in turn.
class AlarmServant final : public PriceAlarm::Servant {
 public:
  explicit AlarmServant(Share share) : share_(std::move(share)) {}

  void limit_reached(std::string_view symbol, double price) override {
    const double now = share_.price();
    say("called back: %.*s is at %.2f (the exchange says %.2f): selling",
        static_cast<int>(symbol.size()), symbol.data(), price, now);
    ++calls;
    price_ok = price_ok && now == price;
    called_at = price;
  }

  std::atomic<int> calls{0};
  std::atomic<bool> price_ok{true};
  std::atomic<double> called_at{0};

 private:
  const Share share_;
};

void try_unknown_share(const Exchange& exchange) {
  try {
    exchange.find("NO SUCH SHARE");
    throw std::logic_error("the exchange knows a share that nobody listed");
  } catch (const UnknownShare& unknown) {
    say("as expected, there is no share \"%s\"", unknown.symbol.c_str());
  }
}

std::string fault_of(TradingDay& day, const AlarmServant& alarm,
                     const std::optional<double>& expected) {
  if (const auto fault = day.fault(); !fault.empty()) return fault;
  if (!expected) return alarm.calls == 0 ? "" : "called back although the limit was never reached";
  if (alarm.calls != 1)
    return "called back " + std::to_string(alarm.calls) + " times instead of once";
  if (alarm.called_at != *expected) return "called back at the wrong price";
  return alarm.price_ok ? "" : "the share's price differed from the callback's";
}

int trade(const Arguments& arguments) {
  corbel::Orb orb(orb_options(arguments));
  const auto exchange = orb.naming().resolve<Exchange>("shares/exchange");
  try_unknown_share(exchange);
  const auto symbol = arguments.optional("symbol", exchange.list().at(0));
  const auto share = exchange.find(symbol);
  const double limit = arguments.number("limit", share.price() * 1.02);

  std::optional<double> expected;
  TradingDay day([&](const PriceChange& change) {
    if (!expected && change.symbol == symbol && change.price >= limit) expected = change.price;
  });
  const auto channel = corbel::events::open(orb, arguments.required("channel"));
  auto subscription = channel.subscribe([&](const corbel::Any& event) { day.take(event); },
                                        {.on_drop = [&](std::uint64_t count) { day.lost(count); }});
  auto adapter = orb.create_adapter("trader");
  adapter.activate_requests();
  const auto alarm = std::make_shared<AlarmServant>(share);
  share.notify_at(limit, adapter.activate<PriceAlarm>(alarm));
  say("ready: waiting for %s to rise from %.2f to %.2f", symbol.c_str(), share.price(), limit);

  day.wait_until_over(kSilence);
  subscription.cancel();
  const auto fault = fault_of(day, *alarm, expected);
  say("%s: %s%s", fault.empty() ? "OK" : "FAILED",
      fault.empty() ? (expected ? "called back once, at the right price"
                                : "the limit was not reached, nobody called")
                    : "",
      fault.c_str());
  return fault.empty() ? 0 : 1;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::trade); }
