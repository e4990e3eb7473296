// Usage: chat-client REFERENCE NAME [LINE...]
// Joins the room, says the lines, hears what is said (its own lines too) and leaves when somebody
// says "bye".
#include <corbel/orb.hpp>

#include <chat.idl.hpp>

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <string>

namespace {

class ListenerServant final : public chat::Listener::Servant {
 public:
  void heard(std::string_view who, std::string_view line) override {
    const std::lock_guard lock(mutex_);
    std::cout << who << ": " << line << std::endl;
    over_ = over_ || line == "bye";
    changed_.notify_all();
  }
  bool still_there() override { return true; }

  bool wait_for_bye(std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [this] { return over_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  if (argc < 3) {
    std::cerr << "Usage: chat-client REFERENCE NAME [LINE...]\n";
    return 2;
  }
  const std::string name = argv[2];
  auto adapter = orb.create_adapter("listener");
  adapter.activate_requests();
  auto listener = std::make_shared<ListenerServant>();

  const auto room = orb.object<chat::Room>(argv[1]);
  std::cout << "there are " << room.join(name, adapter.activate<chat::Listener>(listener))
            << std::endl;
  for (int i = 3; i < argc; ++i) room.say(name, argv[i]);
  const bool ended = listener->wait_for_bye(std::chrono::seconds(30));
  room.leave(name);
  return ended ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "chat-client: " << error.what() << '\n';
  return 1;
}
