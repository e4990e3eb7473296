#include <corbel/naming.hpp>

#include "orb/services/naming_errors.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/name.hpp>

#include <algorithm>
#include <utility>

namespace corbel {

namespace {

using CosNaming::NamingContext;
using Why = NamingContext::NotFoundReason;

constexpr unsigned kMostHops = 16;     // contexts on other servers visited by one operation
constexpr std::size_t kRacesLost = 8;  // times that others may remove what we create on the way
constexpr std::uint32_t kListBatch = 1000;  // bindings a reply

CosNaming::Name read_name(std::string_view text) {
  try {
    CosNaming::Name name;
    for (auto& component : parse_name(text))
      name.push_back({std::move(component.id), std::move(component.kind)});
    return name;
  } catch (const BadParam& complaint) {
    throw services::InvalidNameText(complaint.message());
  }
}

/// Runs `operation(context, name)`. Where a server says that the rest of the name is to be looked
/// up in a context elsewhere, goes on there.
template <class Operation>
auto follow(NamingContext context, CosNaming::Name name, const Operation& operation) {
  for (unsigned hops = 0;; ++hops) {
    try {
      return operation(context, name);
    } catch (const NamingContext::CannotProceed& stop) {
      if (hops == kMostHops || is_nil(stop.cxt) || stop.rest_of_name.empty()) throw;
      context = stop.cxt;
      name = stop.rest_of_name;
    }
  }
}

/// The same, and what leaves it says which name, and of a NotFound which component and reason.
template <class Operation>
auto on_name(const Object& root, std::string_view text, const Operation& operation) {
  auto name = read_name(text);
  try {
    return follow(NamingContext(root), std::move(name), operation);
  } catch (const NamingContext::NotFound& failure) {
    throw services::NameNotFound(failure, text);
  } catch (const NamingContext::CannotProceed& failure) {
    throw services::NameNotFollowed(failure, text);
  } catch (const NamingContext::AlreadyBound& failure) {
    throw services::NameTaken(failure, text);
  } catch (const NamingContext::InvalidName&) {
    throw services::InvalidNameText("the naming service refuses the name \"" + std::string(text) +
                                    "\"");
  }
}

/// The part of `name` up to and with the component that is missing; empty when it is the last one
/// (then no context is missing) or the answer makes no sense.
CosNaming::Name missing_context(const CosNaming::Name& name,
                                const NamingContext::NotFound& failure) {
  const std::size_t rest = failure.rest_of_name.size();
  if (failure.why != Why::missing_node || rest < 2 || rest > name.size()) return {};
  return {name.begin(), name.end() - static_cast<CosNaming::Name::difference_type>(rest - 1)};
}

void make_one_context(const NamingContext& context, const CosNaming::Name& name) {
  try {
    context.bind_new_context(name);
  } catch (const NamingContext::AlreadyBound&) {  // somebody else made it
  } catch (
      const NamingContext::CannotProceed&) {  // somebody else bound a context elsewhere: trying
  }                                           // the whole name again leads there
}

/// Runs `operation`, making contexts that turn out to be missing on the way.
template <class Operation>
void with_contexts_made(const NamingContext& context, const CosNaming::Name& name,
                        const Operation& operation) {
  for (std::size_t tries = name.size() + kRacesLost;; --tries) {
    CosNaming::Name missing;
    try {
      operation(context, name);
      return;
    } catch (const NamingContext::NotFound& failure) {
      missing = missing_context(name, failure);
      if (missing.empty() || tries == 0) throw;
    }
    make_one_context(context, missing);
  }
}

/// Whether a context has the name. Asks only naming contexts, never the bound object, which may be
/// anything: below an object no name can be looked up.
bool is_context(const NamingContext& context, CosNaming::Name name) {
  name.push_back({});
  try {
    context.resolve(name);
  } catch (const NamingContext::NotFound& failure) {
    return failure.why != Why::not_context;
  } catch (const NamingContext::CannotProceed&) {
  }
  return true;
}

/// Destroys an iterator at the end of its use, as far as the server is there.
class IteratorEnd {
 public:
  explicit IteratorEnd(const CosNaming::BindingIterator& iterator) : iterator_(iterator) {}
  ~IteratorEnd() {
    try {
      if (!is_nil(iterator_)) iterator_.destroy();
    } catch (const SystemException&) {  // the server forgets it by itself
    }
  }
  IteratorEnd(const IteratorEnd&) = delete;
  IteratorEnd& operator=(const IteratorEnd&) = delete;

 private:
  const CosNaming::BindingIterator& iterator_;
};

void append_entries(std::vector<Naming::Entry>& entries, const CosNaming::BindingList& bindings) {
  for (const auto& binding : bindings) {
    std::vector<NameComponent> name;  // one component, by the specification
    for (const auto& component : binding.binding_name)
      name.push_back({component.id, component.kind});
    entries.push_back(
        {format_name(name), binding.binding_type == CosNaming::BindingType::ncontext});
  }
}

std::vector<Naming::Entry> list_context(const NamingContext& context) {
  std::vector<Naming::Entry> entries;
  CosNaming::BindingList batch;
  CosNaming::BindingIterator rest;
  context.list(kListBatch, batch, rest);
  append_entries(entries, batch);
  if (!is_nil(rest)) {
    const IteratorEnd end(rest);
    while (rest.next_n(kListBatch, batch) && !batch.empty()) append_entries(entries, batch);
  }
  std::ranges::sort(entries, {}, &Naming::Entry::name);
  return entries;
}

}  // namespace

Naming::Naming(Object root) : root_(std::move(root)) {}

Object Naming::resolve_object(std::string_view name) const {
  return on_name(root_, name, [](const NamingContext& context, const CosNaming::Name& n) {
    return context.resolve(n);
  });
}

void Naming::bind(std::string_view name, const Object& object) const {
  on_name(root_, name, [&](const NamingContext& context, const CosNaming::Name& n) {
    with_contexts_made(context, n,
                       [&](const auto& in, const auto& full) { in.bind(full, object); });
  });
}

void Naming::rebind(std::string_view name, const Object& object) const {
  on_name(root_, name, [&](const NamingContext& context, const CosNaming::Name& n) {
    with_contexts_made(context, n,
                       [&](const auto& in, const auto& full) { in.rebind(full, object); });
  });
}

void Naming::unbind(std::string_view name) const {
  on_name(root_, name,
          [](const NamingContext& context, const CosNaming::Name& n) { context.unbind(n); });
}

void Naming::make_context(std::string_view name) const {
  on_name(root_, name, [](const NamingContext& context, const CosNaming::Name& n) {
    try {
      with_contexts_made(context, n,
                         [](const auto& in, const auto& full) { in.bind_new_context(full); });
    } catch (const NamingContext::AlreadyBound&) {
      if (!is_context(context, n)) throw;
    }
  });
}

std::vector<Naming::Entry> Naming::list(std::string_view context) const {
  if (context.empty()) return list_context(NamingContext(root_));
  return on_name(root_, context, [](const NamingContext& from, const CosNaming::Name& n) {
    const auto found = from.resolve(n);
    if (!is_context(from, n)) throw NamingContext::NotFound(Why::not_context, {n.back()});
    return list_context(NamingContext(found));
  });
}

Naming Orb::naming() { return Naming(resolve_initial_reference("NameService")); }

}  // namespace corbel
