#include <orb/cdr/value_visitor.hpp>
#include <orb/value/dynamic_content.hpp>

#include <charconv>
#include <optional>
#include <unordered_set>

namespace corbel {

using detail::DynamicParts;
using detail::PackedElements;
using detail::PartList;
using detail::UnionContent;
using detail::ValueLink;
using detail::ValueState;
using enum TCKind;

namespace {

/// One step of "items[3].price".
struct Step {
  std::string_view name;
  std::size_t index = 0;
  bool is_index = false;
};

class Path {
 public:
  explicit Path(std::string_view text) : text_(text), rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  Step next();
  /// What has been taken, for messages.
  std::string taken() const { return std::string(text_.substr(0, text_.size() - rest_.size())); }

 private:
  [[noreturn]] void malformed() const {
    throw BadParam("the path \"" + std::string(text_) + "\" is not like items[3].price");
  }
  std::string_view text_;
  std::string_view rest_;
};

Step Path::next() {
  if (rest_.front() == '[') {
    const auto close = rest_.find(']');
    Step step{{}, 0, true};
    const char* end = rest_.data() + (close == rest_.npos ? 0 : close);
    const auto [stop, error] = std::from_chars(rest_.data() + 1, end, step.index);
    if (close == rest_.npos || error != std::errc() || stop != end) malformed();
    rest_.remove_prefix(close + 1);
    return step;
  }
  if (rest_.front() == '.') {
    if (rest_.size() == text_.size()) malformed();
    rest_.remove_prefix(1);
  }
  Step step{rest_.substr(0, rest_.find_first_of(".["))};
  if (step.name.empty()) malformed();
  rest_.remove_prefix(step.name.size());
  return step;
}

// Members of the value's own type, whatever it holds now; a union's are its branches.
std::optional<std::size_t> find_member(const DynamicValue& value, std::string_view name) {
  const auto& node = DynamicParts::node(value);
  if (node.kind == tk_value) {
    const auto* link = DynamicParts::get_if<ValueLink>(value);
    if (link->is_null()) return std::nullopt;
    const auto members = detail::state_members(*state_of(*link)->type.node());
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i]->name == name) return i;
    }
    return std::nullopt;
  }
  if (node.kind != tk_struct && node.kind != tk_except && node.kind != tk_union)
    return std::nullopt;
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    if (node.members[i].name == name) return i;
  }
  return std::nullopt;
}

[[noreturn]] void no_member(const DynamicValue& value, std::string_view name) {
  if (value.is_null()) {
    throw BadParam("a null " + value.type().to_string() + " has no member \"" + std::string(name) +
                   "\"");
  }
  throw BadParam("a " + value.type().to_string() + " has no member \"" + std::string(name) + "\"");
}

/// Whether a value keeps a valuetype alive. Owning links never form a circle.
class Reach {
 public:
  explicit Reach(const ValueState& wanted) : wanted_(wanted) {}

  bool from(const DynamicValue& value) {
    if (const auto* link = DynamicParts::get_if<ValueLink>(value)) {
      if (link->owned == nullptr) return false;
      if (link->owned.get() == &wanted_) return true;
      return seen_.insert(link->owned.get()).second && from(link->owned->parts);
    }
    if (const auto* list = DynamicParts::get_if<PartList>(value)) return from(list->parts);
    const auto* content = DynamicParts::get_if<UnionContent>(value);
    return content != nullptr && from(content->parts);
  }

 private:
  bool from(const std::vector<DynamicValue>& parts) {
    for (const auto& part : parts) {
      if (from(part)) return true;
    }
    return false;
  }

  const ValueState& wanted_;
  std::unordered_set<const ValueState*> seen_;
};

/// Sets one part deep inside a value.
class Setter {
 public:
  Setter(Path path, const DynamicValue& value) : path_(path), value_(value) {}

  void set(DynamicValue& in) {
    if (path_.at_end()) return replace(in);
    if (in.kind() == tk_any) return set(DynamicParts::own<PartList>(in).parts.front());
    if (in.kind() == tk_value_box && !in.is_null()) return set_in_state(in, 0);
    const Step step = path_.next();
    step.is_index ? set_at(in, step.index) : set_named(in, step.name);
  }
  void set_at(DynamicValue& in, std::size_t index);

 private:
  void replace(DynamicValue& in) {
    try {
      DynamicValue fitting = detail::converted(value_, in.type());
      if (owner_ != nullptr) detail::weaken(fitting, owner_);
      in = std::move(fitting);
    } catch (const BadParam& failure) {
      if (path_.taken().empty()) throw;
      throw BadParam(path_.taken() + ": " + std::string(failure.message()));
    }
  }
  void set_named(DynamicValue& in, std::string_view name);
  void set_in_state(DynamicValue& in, std::size_t index);
  void select_branch(DynamicValue& in, std::size_t member);

  Path path_;
  const DynamicValue& value_;
  std::shared_ptr<ValueState> owner_;  // the innermost valuetype around the part
};

void Setter::set_named(DynamicValue& in, std::string_view name) {
  const auto member = find_member(in, name);
  if (!member) no_member(in, name);
  if (in.kind() == tk_union) return select_branch(in, *member);
  set_at(in, *member);
}

void Setter::select_branch(DynamicValue& in, std::size_t member) {
  const auto& node = DynamicParts::node(in);
  const auto* now = DynamicParts::get_if<UnionContent>(in);
  const bool is_there =
      now->parts.size() == 2 && node.members[now->member].name == node.members[member].name;
  if (is_there) return set(DynamicParts::own<UnionContent>(in).parts[1]);
  const auto index = static_cast<std::uint32_t>(member);
  DynamicValue branch(DynamicParts::part_type(in, node.members[member].type));
  set(branch);  // may refuse: the union stays as it was then
  UnionContent other{{DynamicParts::label_of_member(in.type(), index), std::move(branch)}, index};
  in = DynamicParts::make(in.type(), std::move(other));
}

void Setter::set_in_state(DynamicValue& in, std::size_t index) {
  owner_ = state_of(*DynamicParts::get_if<ValueLink>(in));
  set(owner_->parts[index]);
}

void Setter::set_at(DynamicValue& in, std::size_t index) {
  if (in.kind() == tk_any) return set_at(DynamicParts::own<PartList>(in).parts.front(), index);
  // Throws when there is no such part.
  static_cast<void>(std::as_const(in)[index]);
  if (DynamicParts::get_if<ValueLink>(in) != nullptr) {
    if (in.kind() == tk_value) return set_in_state(in, index);
    owner_ = state_of(*DynamicParts::get_if<ValueLink>(in));
    return set_at(owner_->parts.front(), index);
  }
  if (DynamicParts::get_if<PackedElements>(in) != nullptr) {
    DynamicValue element = detail::packed_element(in, index);
    set(element);
    return detail::set_packed_element(in, index, element);
  }
  if (DynamicParts::get_if<UnionContent>(in) != nullptr)
    return set(DynamicParts::own<UnionContent>(in).parts[index + 1]);
  set(DynamicParts::own<PartList>(in).parts[index]);
}

}  // namespace

namespace detail {

void weaken(DynamicValue& value, const std::shared_ptr<ValueState>& owner) {
  if (!Reach(*owner).from(value)) return;
  if (const auto* link = DynamicParts::get_if<ValueLink>(value)) {
    value = DynamicParts::make(value.type(), ValueLink{nullptr, link->owned, true});
    return;
  }
  const bool is_list = DynamicParts::get_if<PartList>(value) != nullptr;
  auto& parts = is_list ? DynamicParts::own<PartList>(value).parts
                        : DynamicParts::own<UnionContent>(value).parts;
  for (auto& part : parts) weaken(part, owner);
}

}  // namespace detail

bool DynamicValue::has(std::string_view name) const {
  if (kind() == tk_any || (kind() == tk_value_box && !is_null())) return content().has(name);
  const auto member = find_member(*this, name);
  if (!member || kind() != tk_union) return member.has_value();
  return size() == 1 && this->name(0) == name;
}

DynamicValue DynamicValue::operator[](std::string_view name) const {
  if (kind() == tk_any || (kind() == tk_value_box && !is_null())) return content()[name];
  const auto member = find_member(*this, name);
  if (!member) no_member(*this, name);
  if (kind() != tk_union) return (*this)[*member];
  if (!has(name)) {
    throw BadParam("the union " + type_.to_string() + " holds " +
                   (size() == 0 ? "no branch" : "\"" + this->name(0) + "\"") + ", not \"" +
                   std::string(name) + "\"");
  }
  return (*this)[std::size_t{0}];
}

DynamicValue DynamicValue::at(std::string_view path) const {
  DynamicValue value = *this;
  for (Path rest(path); !rest.at_end();) {
    const Step step = rest.next();
    try {
      value = step.is_index ? value[step.index] : value[step.name];
    } catch (const BadParam& failure) {
      throw BadParam(rest.taken() + ": " + std::string(failure.message()));
    }
  }
  return value;
}

void DynamicValue::set(std::string_view path, const DynamicValue& value) {
  const DynamicValue held = value;  // it may be part of this one
  Setter(Path(path), held).set(*this);
}

void DynamicValue::set(std::size_t index, const DynamicValue& value) {
  const DynamicValue held = value;
  Setter(Path({}), held).set_at(*this, index);
}

void DynamicValue::assign(const DynamicValue& value) { *this = detail::converted(value, type_); }

void DynamicValue::append(const DynamicValue& value) {
  const std::size_t before = size();
  resize(before + 1);
  try {
    set(before, value);
  } catch (...) {
    resize(before);
    throw;
  }
}

void DynamicValue::resize(std::size_t size) {
  if (kind() == tk_any) return DynamicParts::own<PartList>(*this).parts.front().resize(size);
  const auto& node = DynamicParts::node(*this);
  if (kind() != tk_sequence) throw BadTypecode("a " + type_.to_string() + " is no sequence");
  if (node.length != 0 && size > node.length) {
    throw BadParam(std::to_string(size) + " elements in a " + type_.to_string());
  }
  if (DynamicParts::get_if<PackedElements>(*this) != nullptr) {
    const auto element = cdr::packed_size(detail::strip_aliases(*node.content).kind);
    DynamicParts::own<PackedElements>(*this).octets.resize(size * element);
    return;
  }
  auto& parts = DynamicParts::own<PartList>(*this).parts;
  if (size <= parts.size()) {
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(size), parts.end());
  } else {
    parts.resize(size, DynamicValue(DynamicParts::part_type(*this, node.content)));
  }
}

}  // namespace corbel
