#include <dynamic/bound_operation.hpp>

namespace corbel::dynamic {

using detail::BoundOperation;
using detail::InterfaceData;

namespace {

std::string text_of(const TypeCode& type) {
  const std::string text = type.to_string();
  const auto space = text.rfind(' ');
  const bool has_keyword = space != text.npos && text.find_first_of("<,[") == text.npos &&
                           type.kind() >= TCKind::tk_objref;
  return has_keyword && type.kind() != TCKind::tk_longlong && type.kind() != TCKind::tk_ulonglong &&
                 type.kind() != TCKind::tk_longdouble
             ? text.substr(space + 1)
             : text;
}

}  // namespace

std::string Operation::to_string() const {
  std::string text = (oneway ? "oneway " : "") + text_of(result) + " " + name + "(";
  for (const auto& parameter : parameters) {
    if (&parameter != &parameters.front()) text += ", ";
    text += parameter.direction == Direction::in    ? "in "
            : parameter.direction == Direction::out ? "out "
                                                    : "inout ";
    text += text_of(parameter.type) + " " + parameter.name;
  }
  text += ")";
  for (const auto& type : raises) {
    text += (&type == &raises.front() ? " raises (" : ", ") + text_of(type);
  }
  return raises.empty() ? text : text + ")";
}

Interface::Interface(std::string repository_id, std::vector<Interface> bases,
                     std::vector<Operation> operations) {
  auto data = std::make_shared<InterfaceData>();
  data->repository_id = std::move(repository_id);
  data->bases = std::move(bases);
  const std::string scope = detail::name_of(data->repository_id);
  for (const auto& base : data->bases) {
    data->base_types.push_back(&base.data()->type);
    data->operations.insert(base.data()->operations.begin(), base.data()->operations.end());
    data->refused.insert(base.data()->refused.begin(), base.data()->refused.end());
  }
  for (auto& operation : operations) {
    const std::string name = operation.name;
    auto bound = std::make_shared<const BoundOperation>(std::move(operation), scope);
    if (!data->operations.emplace(name, std::move(bound)).second)
      throw BadParam(scope + " has two operations " + name);
  }
  data->type = {data->repository_id, data->base_types};
  data_ = std::move(data);
}

const std::string& Interface::repository_id() const noexcept { return data_->repository_id; }
std::string Interface::name() const { return detail::name_of(data_->repository_id); }
const std::vector<Interface>& Interface::bases() const noexcept { return data_->bases; }

bool Interface::is_a(std::string_view repository_id) const noexcept {
  return repository_id == Type<Object>::kRepositoryId || data_->type.is_a(repository_id);
}

std::vector<const Operation*> Interface::operations() const {
  std::vector<const Operation*> all;
  for (const auto& [name, bound] : data_->operations) all.push_back(&bound->operation);
  return all;
}

const Operation* Interface::find(std::string_view operation) const noexcept {
  const auto found = data_->operations.find(operation);
  return found == data_->operations.end() ? nullptr : &found->second->operation;
}

}  // namespace corbel::dynamic
