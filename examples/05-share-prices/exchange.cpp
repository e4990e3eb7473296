// The exchange: an object for each share of the price file, at its first price.
//   exchange --naming REFERENCE --prices FILE.csv
#include "price_rows.hpp"
#include "program.hpp"

#include <corbel/naming.hpp>
#include <shares.idl.hpp>

#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace shares {
namespace {

/// One object per share; its adapter never runs two calls to the same share at a time, so it needs
/// no lock - not even while it waits for the trader that it calls back.
class ShareServant final : public Share::Servant {
 public:
  ShareServant(std::string symbol, double price) : symbol_(std::move(symbol)), price_(price) {}

  std::string symbol() override { return symbol_; }
  double price() override { return price_; }

  void set_price(double new_price) override {
    check(new_price);
    price_ = new_price;
    std::vector<Alarm> due;
    std::erase_if(alarms_, [&](const Alarm& alarm) {
      if (new_price < alarm.limit) return false;
      due.push_back(alarm);
      return true;
    });
    for (const auto& alarm : due) call_back(alarm);
  }

  void notify_at(double limit, const PriceAlarm& alarm) override {
    check(limit);
    alarms_.push_back({limit, alarm});
    say("%s: somebody wants to be called at %.2f", symbol_.c_str(), limit);
  }

 private:
  struct Alarm {
    double limit;
    PriceAlarm target;
  };

  static void check(double price) {
    if (!std::isfinite(price)) throw InvalidPrice(price, "not finite");
    if (price <= 0) throw InvalidPrice(price, "not positive");
  }

  void call_back(const Alarm& alarm) {
    try {
      alarm.target.limit_reached(symbol_, price_);
    } catch (const std::exception& failure) {
      // The one who asked has gone; trading goes on.
      say("%s: could not call back: %s", symbol_.c_str(), failure.what());
    }
  }

  const std::string symbol_;
  double price_;
  std::vector<Alarm> alarms_;
};

class ExchangeServant final : public Exchange::Servant {
 public:
  explicit ExchangeServant(std::map<std::string, Share> shares) : shares_(std::move(shares)) {}

  Share find(std::string_view symbol) override {
    const auto found = shares_.find(std::string(symbol));
    if (found == shares_.end()) throw UnknownShare(std::string(symbol));
    return found->second;
  }
  Symbols list() override {
    Symbols symbols;
    for (const auto& [symbol, share] : shares_) symbols.push_back(symbol);
    return symbols;
  }

 private:
  const std::map<std::string, Share> shares_;
};

int serve(const Arguments& arguments) {
  const auto rows =
      read_prices(arguments.required("prices"), [](const BadRow&) {});  // the feed reports them
  corbel::Orb orb(orb_options(arguments));
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("exchange", {.dispatch = corbel::ThreadPerObject{}});
  std::map<std::string, Share> shares;
  for (const auto& row : rows) {
    if (shares.contains(row.symbol)) continue;
    shares.emplace(row.symbol,
                   adapter.activate<Share>(std::make_shared<ShareServant>(row.symbol, row.price)));
  }
  const auto count = shares.size();
  const auto exchange =
      adapter.activate<Exchange>(std::make_shared<ExchangeServant>(std::move(shares)));
  adapter.activate_requests();
  orb.naming().rebind("shares/exchange", exchange);
  say("ready: %zu shares listed", count);
  orb.run();
  say("closed");
  return 0;
}

}  // namespace
}  // namespace shares

int main(int argc, char** argv) { return shares::run(argc, argv, shares::serve); }
