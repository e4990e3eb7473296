#include <chat.corbel.hpp>

#include <future>

#include "orb/base/mutex.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// Services of a .proto file: calls, exceptions, references in messages, callbacks, one-way calls.
namespace corbel::test {
namespace {

using namespace chat::v1;

class Ear final : public Listener::Servant {
 public:
  google::protobuf::Empty Hear(const Line& line) override {
    heard_.set_value(line.author() + ": " + line.text());
    return {};
  }
  std::string heard() { return heard_.get_future().get(); }

 private:
  std::promise<std::string> heard_;
};

class OneMember final : public Member::Servant {
 public:
  explicit OneMember(Listener listener) : listener_(std::move(listener)) {}
  google::protobuf::Empty Say(const Line& line) override { return listener_.Hear(line); }
  void Hint(const Line& line) override { hint_.set_value(line.text()); }
  std::string hint() { return hint_.get_future().get(); }

 private:
  Listener listener_;
  std::promise<std::string> hint_;
};

class OneRoom final : public Room::Servant {
 public:
  OneRoom(Orb& orb, Adapter adapter) : orb_(orb), adapter_(std::move(adapter)) {}

  JoinReply Join(const JoinRequest& request) override {
    if (request.name() == "everybody") throw proto::Error(Full());
    if (request.name() == "anna") {
      NameTaken taken;
      taken.set_name("anna");
      taken.add_proposals()->set_name("anna2");
      throw proto::Error(taken);
    }
    if (request.name() == "nobody") throw proto::Error(Line());  // not in its raises
    member = std::make_shared<OneMember>(proto::get_reference<Listener>(orb_, request.listener()));
    JoinReply reply;
    reply.set_members(1);
    proto::set_reference(*reply.mutable_member(), adapter_.activate<Member>(member));
    return reply;
  }
  void async_History(const google::protobuf::Empty&, Responder<Transcript> responder) override {
    Transcript transcript;
    transcript.add_lines()->set_text("welcome");
    responder.complete(transcript);
  }

  std::shared_ptr<OneMember> member;

 private:
  Orb& orb_;
  Adapter adapter_;
};

JoinRequest request_of(const std::string& name) {
  JoinRequest request;
  request.set_name(name);
  return request;
}

Line line_of(const std::string& author, const std::string& text) {
  Line line;
  line.set_author(author);
  line.set_text(text);
  return line;
}

class ProtoServices : public TwoOrbs {
 protected:
  ProtoServices() {
    callbacks_.activate_requests();
    rooms_.activate_requests();
    servant = std::make_shared<OneRoom>(client(), rooms_);
    room = serve<Room>(servant);
  }

  JoinRequest joining(const std::string& name, const std::shared_ptr<Listener::Servant>& ear) {
    JoinRequest request = request_of(name);
    proto::set_reference(*request.mutable_listener(), callbacks_.activate<Listener>(ear));
    return request;
  }

 private:
  Adapter callbacks_ = client().create_adapter("callbacks");
  Adapter rooms_ = client().create_adapter("members");

 protected:
  std::shared_ptr<OneRoom> servant;
  Room room;
};
INSTANTIATE_TEST_SUITE_P(Both, ProtoServices, testing::Values(Way::tcp, Way::collocated), way_name);

}  // namespace

TEST_P(ProtoServices, CarryReferencesAndCallBack) {
  const auto ear = std::make_shared<Ear>();
  const JoinReply reply = room.Join(joining("ben", ear));
  EXPECT_EQ(reply.members(), 1U);
  EXPECT_EQ(reply.member().type_id(), "IDL:chat/v1/Member:1.0");

  const auto member = proto::get_reference<Member>(client(), reply.member());
  member.Say(line_of("ben", "hello"));
  EXPECT_EQ(ear->heard(), "ben: hello");
}

TEST_P(ProtoServices, SendOneWay) {
  const JoinReply reply = room.Join(joining("ben", std::make_shared<Ear>()));
  proto::get_reference<Member>(client(), reply.member()).Hint(line_of("ben", "psst"));
  EXPECT_EQ(servant->member->hint(), "psst");
}

TEST_P(ProtoServices, ThrowMessages) {
  try {
    room.Join(request_of("anna"));
    FAIL() << "anna joined twice";
  } catch (const proto::Error<NameTaken>& error) {
    EXPECT_EQ(error.value.proposals(0).name(), "anna2");
    EXPECT_EQ(repository_id(error), "IDL:chat/v1/NameTaken:1.0");
    EXPECT_STREQ(error.what(), "chat.v1.NameTaken");
  }
  EXPECT_THROW(room.Join(request_of("everybody")), proto::Error<Full>);
  EXPECT_THROW(room.async_Join(request_of("anna")).get(), proto::Error<NameTaken>);
}

TEST_P(ProtoServices, ThrowUnknownForWhatIsNotDeclared) {
  EXPECT_THROW(room.Join(request_of("nobody")), Unknown);
}

TEST_P(ProtoServices, AnswerAsynchronously) {
  EXPECT_EQ(room.History({}).lines(0).text(), "welcome");
  EXPECT_EQ(room.async_History({}).get().lines_size(), 1);
}

TEST_P(ProtoServices, AnswerWhatTheyAre) {
  EXPECT_TRUE(is_a(room, "IDL:chat/v1/Room:1.0"));
  EXPECT_TRUE(is_nil(narrow<Member>(room)));
}

TEST_P(ProtoServices, CarryLargeMessages) {
  class Mirror final : public Awkward::Servant_ {
   public:
    Message Echo(const Message& message) override { return message; }
  };
  const auto awkward = serve<Awkward>(std::make_shared<Mirror>());
  Message message;
  message.set_stub(std::string(3'000'000, 'x'));
  EXPECT_EQ(awkward.Echo(message).stub(), message.stub());
  EXPECT_THROW(awkward.delete_(message), NoImplement);
  EXPECT_THROW(awkward.async_async_Echo(message).get(), NoImplement);
}

}  // namespace corbel::test
