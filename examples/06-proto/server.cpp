#include <corbel/orb.hpp>

#include <auction.corbel.hpp>
#include <iostream>

class AuctionServant final : public auction::Auction::Servant {
 public:
  explicit AuctionServant(corbel::Orb& orb) : orb_(orb) {}

  auction::Standing Place(const auction::Offer& offer) override {
    if (offer.bid().amount() <= highest_.amount()) {
      auction::TooLow low;
      *low.mutable_highest() = highest_;
      throw corbel::proto::Error(low);
    }
    tell_leader(offer.bid());
    highest_ = offer.bid();
    leader_ = corbel::proto::get_reference<auction::Bidder>(orb_, offer.bidder());
    auction::Standing standing;
    *standing.mutable_highest() = highest_;
    return standing;
  }

 private:
  void tell_leader(const auction::Bid& bid) try {
    if (!is_nil(leader_)) leader_.Outbid(bid);
  } catch (const corbel::SystemException& error) {
    std::cerr << highest_.bidder() << " is gone: " << error.what() << '\n';
  }

  corbel::Orb& orb_;
  auction::Bid highest_;
  auction::Bidder leader_;
};

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  // One bid at a time: the servant needs no lock.
  auto adapter = orb.create_adapter("auction", {.dispatch = corbel::ThreadPerObject{}});
  const auto auction = adapter.activate<auction::Auction>(std::make_shared<AuctionServant>(orb));
  adapter.activate_requests();
  std::cout << to_string(auction) << std::endl;
  orb.run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "auction-server: " << error.what() << '\n';
  return 1;
}
