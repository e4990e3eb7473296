#include "naming-service/binding_iterator.hpp"

#include <algorithm>

namespace corbel::naming_service {

namespace {

// omniORB's clients accept messages of 2 MiB by default.
constexpr std::size_t kReplyOctets = 1u << 20;

CosNaming::Binding to_wire(const ListedBinding& binding) {
  const auto type = binding.kind == BindingKind::context ? CosNaming::BindingType::ncontext
                                                         : CosNaming::BindingType::nobject;
  return {{{binding.name.id, binding.name.kind}}, type};
}

}  // namespace

CosNaming::BindingList take_bindings(const Snapshot& bindings, std::size_t& next,
                                     std::size_t how_many) {
  CosNaming::BindingList taken;
  taken.reserve(std::min(how_many, bindings->size() - next));
  std::size_t octets = 0;
  for (; taken.size() < how_many && next < bindings->size() && octets < kReplyOctets; ++next) {
    const auto& binding = (*bindings)[next];
    octets += 32 + binding.name.id.size() + binding.name.kind.size();
    taken.push_back(to_wire(binding));
  }
  return taken;
}

bool BindingIteratorServant::next_one(CosNaming::Binding& b) {
  table_.touch(id_);
  std::lock_guard lock(mutex_);
  if (next_ == bindings_->size()) return false;
  b = to_wire((*bindings_)[next_++]);
  return true;
}

bool BindingIteratorServant::next_n(std::uint32_t how_many, CosNaming::BindingList& bl) {
  if (how_many == 0) throw BadParam("next_n needs how_many above 0");
  table_.touch(id_);
  std::lock_guard lock(mutex_);
  bl = take_bindings(bindings_, next_, how_many);
  return !bl.empty();
}

}  // namespace corbel::naming_service
