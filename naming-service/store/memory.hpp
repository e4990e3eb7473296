#pragma once

#include "naming-service/store/store.hpp"

namespace corbel::naming_service {

/// Keeps nothing: names last as long as the process.
class MemoryStore final : public Store {
 public:
  void replay(const std::function<void(const Mutation&)>& apply) override;
  Position append(std::span<const Mutation> changes) override;
  void commit(Position position) override;

 private:
  Position end_ = 0;  // written under the tree's lock only
};

}  // namespace corbel::naming_service
