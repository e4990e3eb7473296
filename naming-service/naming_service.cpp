#include "naming-service/naming_service.hpp"

#include "naming-service/naming_servant.hpp"

#include <utility>

namespace corbel::naming_service {

/// Everything that servants use, in the order in which it is needed.
class NamingService::Parts {
 public:
  Parts(Orb& orb, std::unique_ptr<Store> the_store, const NamingServiceOptions& options)
      : store(std::move(the_store)),
        tree(*store, options.tree),
        adapter(orb.create_adapter("naming", {.dispatch = options.dispatch})),
        contexts(orb, adapter),
        iterators(adapter, options.iterators) {
    const SharedParts shared{tree, contexts, iterators};
    contexts.activate_root(std::make_shared<NamingServant>(shared, kRootContext));
    tree.for_each_context([&](ContextId id) {
      if (id != kRootContext) contexts.activate(id, std::make_shared<NamingServant>(shared, id));
    });
    adapter.activate_requests();
  }
  ~Parts() { adapter.destroy(); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  std::unique_ptr<Store> store;
  NameTree tree;
  Adapter adapter;
  Contexts contexts;
  IteratorTable iterators;
};

NamingService::NamingService(Orb& orb, std::unique_ptr<Store> store,
                             const NamingServiceOptions& options)
    : parts_(std::make_unique<Parts>(orb, std::move(store), options)) {}

NamingService::~NamingService() = default;

const CosNaming::NamingContextExt& NamingService::root() const noexcept {
  return parts_->contexts.root();
}

}  // namespace corbel::naming_service
