#pragma once

#include "event-service/store/channel_store.hpp"

#include <map>
#include <mutex>

namespace corbel::event_service {

/// Forgets everything with the process.
class MemoryStore final : public ChannelStore {
 public:
  std::vector<Definition> load() override {
    std::lock_guard lock(mutex_);
    std::vector<Definition> all;
    for (const auto& [name, definition] : definitions_) all.push_back(definition);
    return all;
  }
  void put(const Definition& definition) override {
    std::lock_guard lock(mutex_);
    definitions_.insert_or_assign(definition.name, definition);
  }
  void erase(const std::string& name) override {
    std::lock_guard lock(mutex_);
    definitions_.erase(name);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Definition> definitions_;
};

}  // namespace corbel::event_service
