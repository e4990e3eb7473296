// Serves chat::Room and prints its reference.
#include <corbel/orb.hpp>

#include <chat.idl.hpp>

#include <iostream>
#include <map>
#include <mutex>
#include <string>

namespace {

using Listeners = std::map<std::string, chat::Listener>;

class RoomServant final : public chat::Room::Servant {
 public:
  std::uint32_t join(std::string_view who, const chat::Listener& listener) override {
    const std::string name(who);
    // The newcomer waits in this very call while the room calls it back.
    if (!listener.still_there()) throw corbel::BadParam(name + " joins without being there");
    for (const auto& [other, other_listener] : everybody()) {
      if (!is_there(other_listener)) leave(other);
    }
    const std::lock_guard lock(mutex_);
    listeners_.insert_or_assign(name, listener);
    return static_cast<std::uint32_t>(listeners_.size());
  }

  void say(std::string_view who, std::string_view line) override {
    for (const auto& [name, listener] : everybody()) {
      try {
        listener.heard(who, line);
      } catch (const corbel::SystemException& gone) {
        std::cerr << name << " cannot be reached: " << gone.what() << '\n';
      }
    }
  }

  void leave(std::string_view who) override {
    const std::lock_guard lock(mutex_);
    listeners_.erase(std::string(who));
  }

 private:
  static bool is_there(const chat::Listener& listener) {
    try {
      return corbel::with(listener, {.deadline = std::chrono::seconds(2)}).still_there();
    } catch (const corbel::SystemException&) {
      return false;
    }
  }

  /// A copy: no lock is held while others are called.
  Listeners everybody() {
    const std::lock_guard lock(mutex_);
    return listeners_;
  }

  std::mutex mutex_;
  Listeners listeners_;
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("chat");
  const auto room = adapter.activate<chat::Room>(std::make_shared<RoomServant>());
  adapter.activate_requests();
  std::cout << to_string(room) << std::endl;
  orb.run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "chat-server: " << error.what() << '\n';
  return 1;
}
