#include <orb/cdr/typecode_node.hpp>

#include <functional>
#include <unordered_set>

namespace corbel::detail {
namespace {

using enum TCKind;
using Pair = std::pair<const TypeCodeNode*, const TypeCodeNode*>;

struct PairHash {
  std::size_t operator()(const Pair& pair) const noexcept {
    const std::hash<const void*> hash;
    return hash(pair.first) * 31 + hash(pair.second);
  }
};

// Pairs that must be alike wait in a list, each at most once, so that circles end, shared parts are
// compared once, and a description from a peer cannot make us recurse.
class Comparison {
 public:
  explicit Comparison(Likeness likeness) : likeness_(likeness) {}

  bool alike(const TypeCodeNode& first, const TypeCodeNode& second) {
    expect(&first, &second);
    while (!waiting_.empty()) {
      const Pair pair = waiting_.back();
      waiting_.pop_back();
      if (!compare(*pair.first, *pair.second)) return false;
    }
    return true;
  }

 private:
  void expect(const TypeCodeNode* left, const TypeCodeNode* right) {
    if (likeness_ != Likeness::equal) {
      left = &strip_aliases(*left);
      right = &strip_aliases(*right);
    }
    if (left == right) return;
    const bool is_leaf = left->content == nullptr && left->members.empty();
    if (is_leaf || seen_.insert({left, right}).second) waiting_.emplace_back(left, right);
  }

  bool compare(const TypeCodeNode& left, const TypeCodeNode& right) {
    if (left.kind != right.kind) return false;
    const bool names_count = likeness_ == Likeness::equal;
    const bool both_have_ids = !left.id.empty() && !right.id.empty();
    if ((both_have_ids || names_count) && left.id != right.id) return false;
    if (both_have_ids && likeness_ == Likeness::equivalent) return true;
    if (names_count && left.name != right.name) return false;
    if (!same_numbers(left, right)) return false;
    if (left.content != nullptr) expect(left.content, right.content);
    return same_members(left, right);
  }

  static bool same_numbers(const TypeCodeNode& left, const TypeCodeNode& right) {
    return left.length == right.length && left.digits == right.digits &&
           left.scale == right.scale && left.modifier == right.modifier &&
           left.default_index == right.default_index &&
           left.members.size() == right.members.size() &&
           (left.content == nullptr) == (right.content == nullptr);
  }

  bool same_members(const TypeCodeNode& left, const TypeCodeNode& right) {
    for (std::size_t i = 0; i < left.members.size(); ++i) {
      const auto& one = left.members[i];
      const auto& other = right.members[i];
      const bool is_default =
          left.kind == tk_union && static_cast<std::int64_t>(i) == left.default_index;
      if (!is_default && one.label != other.label) return false;
      if (likeness_ == Likeness::equal && one.name != other.name) return false;
      // No octets depend on it, and omniORB calls all members private.
      if (likeness_ == Likeness::equal && one.visibility != other.visibility) return false;
      expect(one.type, other.type);
    }
    return true;
  }

  Likeness likeness_;
  std::vector<Pair> waiting_;
  std::unordered_set<Pair, PairHash> seen_;
};

}  // namespace

bool alike(const TypeCodeNode& left, const TypeCodeNode& right, Likeness likeness) {
  if (&left == &right) return true;
  return Comparison(likeness).alike(left, right);
}

}  // namespace corbel::detail
