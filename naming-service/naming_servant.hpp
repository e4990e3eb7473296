#pragma once

#include "naming-service/contexts.hpp"
#include "naming-service/iterator_table.hpp"
#include "naming-service/name_tree.hpp"

#include <CosNaming.idl.hpp>

#include <string>
#include <string_view>

namespace corbel::naming_service {

/// What all naming contexts of a service share; it outlives their objects.
struct SharedParts {
  NameTree& tree;
  Contexts& contexts;
  IteratorTable& iterators;
};

/// One naming context: CosNaming::NamingContextExt on the tree. Holds no state of its own.
/// Never calls a reference that it was given: names that lead elsewhere answer CannotProceed.
/// Threads: any.
class NamingServant final : public CosNaming::NamingContextExt::Servant {
 public:
  NamingServant(SharedParts parts, ContextId id) : parts_(parts), id_(id) {}

  void bind(const CosNaming::Name& n, const Object& obj) override;
  void rebind(const CosNaming::Name& n, const Object& obj) override;
  void bind_context(const CosNaming::Name& n, const CosNaming::NamingContext& nc) override;
  void rebind_context(const CosNaming::Name& n, const CosNaming::NamingContext& nc) override;
  Object resolve(const CosNaming::Name& n) override;
  void unbind(const CosNaming::Name& n) override;
  CosNaming::NamingContext new_context() override;
  CosNaming::NamingContext bind_new_context(const CosNaming::Name& n) override;
  void destroy() override;
  void list(std::uint32_t how_many, CosNaming::BindingList& bl,
            CosNaming::BindingIterator& bi) override;

  std::string to_string(const CosNaming::Name& n) override;
  CosNaming::Name to_name(std::string_view sn) override;
  std::string to_url(std::string_view addr, std::string_view sn) override;
  Object resolve_str(std::string_view sn) override;

 private:
  using Put = Outcome<void> (NameTree::*)(ContextId, NameView, BindingKind, const Target&);
  void put(Put operation, const CosNaming::Name& n, BindingKind kind, const Object& object);
  template <class Create>
  CosNaming::NamingContext make_context(const CosNaming::Name& n, Create create);
  template <class T>
  void check(const Outcome<T>& outcome, const CosNaming::Name& n) const;

  SharedParts parts_;
  ContextId id_;
};

}  // namespace corbel::naming_service
