#pragma once

#include "naming-service/name_tree.hpp"
#include "naming-service/store/memory.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Names and targets for tests of the tree.
namespace corbel::naming_service {

/// "a/b.kind" as the tree takes it; keeps its own text.
class TestName {
 public:
  TestName(std::string_view text)  // NOLINT: tests write names as text
      : components_(text.empty() ? std::vector<NameComponent>() : parse_name(text)),
        views_(components_.begin(), components_.end()) {}
  TestName(const char* text) : TestName(std::string_view(text)) {}  // NOLINT
  TestName(const TestName&) = delete;
  TestName& operator=(const TestName&) = delete;

  operator NameView() const { return views_; }  // NOLINT

 private:
  std::vector<NameComponent> components_;
  std::vector<ComponentView> views_;
};

/// A reference to some object elsewhere.
inline Target object(std::string_view key) { return ObjectRef::at({{"192.0.2.1", 2809}}, key); }

inline std::vector<std::string> names_in(const NameTree& tree, ContextId context) {
  std::vector<std::string> names;
  const auto listed = tree.list(context);
  for (const auto& binding : **listed) {
    names.push_back(format_name(binding.name) + (binding.kind == BindingKind::context ? "/" : ""));
  }
  return names;
}

inline ContextId context_at(const NameTree& tree, const TestName& name) {
  return std::get<ContextId>(*tree.resolve(kRootContext, name));
}

inline ContextId make_context(NameTree& tree, const TestName& name) {
  const ContextId id = tree.reserve_context();
  if (!tree.bind_new_context(kRootContext, name, id))
    throw std::logic_error("cannot make the context");
  return id;
}

}  // namespace corbel::naming_service
