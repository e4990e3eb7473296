#include "naming-service/store/memory.hpp"

namespace corbel::naming_service {

void MemoryStore::replay(const std::function<void(const Mutation&)>&) {}

Store::Position MemoryStore::append(std::span<const Mutation> changes) {
  return end_ += changes.size();
}

void MemoryStore::commit(Position) {}

}  // namespace corbel::naming_service
