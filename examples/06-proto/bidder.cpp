#include <corbel/orb.hpp>

#include <auction.corbel.hpp>
#include <future>
#include <iostream>
#include <string>

class BidderServant final : public auction::Bidder::Servant {
 public:
  void Outbid(const auction::Bid& bid) override {
    std::cout << "outbid by " << bid.bidder() << " with " << bid.amount() << std::endl;
    outbid_.set_value();
  }
  void wait() { outbid_.get_future().wait(); }

 private:
  std::promise<void> outbid_;
};

// Usage: bidder AUCTION NAME AMOUNT [wait]   bids once; with "wait" stays until outbid.
int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  if (argc < 4) {
    std::cerr << "usage: auction-bidder AUCTION NAME AMOUNT [wait]\n";
    return 2;
  }
  auto adapter = orb.create_adapter("bidder");
  adapter.activate_requests();
  const auto servant = std::make_shared<BidderServant>();

  auction::Offer offer;
  offer.mutable_bid()->set_bidder(argv[2]);
  offer.mutable_bid()->set_amount(static_cast<unsigned>(std::stoul(argv[3])));
  corbel::proto::set_reference(*offer.mutable_bidder(), adapter.activate<auction::Bidder>(servant));

  const auto standing = orb.object<auction::Auction>(argv[1]).Place(offer);
  std::cout << "highest: " << standing.highest().amount() << std::endl;
  if (argc > 4) servant->wait();
  return 0;
} catch (const corbel::proto::Error<auction::TooLow>& error) {
  std::cout << "too low: " << error.value.highest().bidder() << " offers "
            << error.value.highest().amount() << std::endl;
  return 3;
} catch (const std::exception& error) {
  std::cerr << "auction-bidder: " << error.what() << '\n';
  return 1;
}
