#include <corbel/stub/upcall.hpp>
#include <dynamic/bound_operation.hpp>

namespace corbel::dynamic {

using detail::BoundOperation;

namespace {

class DynamicServant final : public Servant {
 public:
  DynamicServant(Interface interface, Handler handler)
      : interface_(std::move(interface)), handler_(std::move(handler)) {}

  const stub::InterfaceType& corbel_interface() const noexcept override {
    return interface_.data()->type;
  }
  // Generated proxies take the way over encoded arguments.
  void* corbel_cast(const stub::InterfaceType&) noexcept override { return nullptr; }
  bool corbel_dispatch(std::string_view operation, stub::Upcall& upcall) override;

 private:
  Interface interface_;
  Handler handler_;
};

std::vector<Any> read_arguments(const BoundOperation& bound, stub::Upcall& upcall) {
  std::vector<TypeCode> types;
  for (const auto& parameter : bound.operation.parameters) {
    if (parameter.direction != Direction::out) types.push_back(parameter.type);
  }
  auto arguments = detail::decode_all(types, upcall.arguments());
  upcall.end_arguments();
  return arguments;
}

// What the handler gave, as the operation declares it: the result, then inout and out parameters.
std::vector<Any> fitting_results(const BoundOperation& bound, const Results& results) {
  const std::string what = "the handler of " + bound.scoped_name + ": ";
  std::vector<Any> values;
  if (bound.operation.result.unaliased().kind() != TCKind::tk_void)
    values.push_back(detail::fitting(results.result, bound.operation.result, what + "result"));
  std::size_t index = 0;
  for (const auto& parameter : bound.operation.parameters) {
    if (parameter.direction == Direction::in) continue;
    if (index == results.out.size()) throw BadParam(what + "no value for " + parameter.name);
    values.push_back(detail::fitting(results.out[index++], parameter.type, what + parameter.name));
  }
  if (index != results.out.size()) {
    throw BadParam(what + std::to_string(results.out.size()) + " out values instead of " +
                   std::to_string(index));
  }
  return values;
}

bool DynamicServant::corbel_dispatch(std::string_view operation, stub::Upcall& upcall) {
  const auto& operations = interface_.data()->operations;
  const auto found = operations.find(operation);
  if (found == operations.end()) return false;
  // Kept, because the answer may outlive this servant.
  const auto bound = found->second;
  upcall.declare(bound->wire);
  const Request request{bound->operation, read_arguments(*bound, upcall)};
  const Results results = handler_(request);
  if (results.exception) throw UserFailure(*results.exception);
  std::vector<Any> values;
  try {
    values = fitting_results(*bound, results);
  } catch (const SystemException& failure) {
    throw BadParam(std::string(failure.message()), Completion::yes);
  }
  upcall.reply([&](cdr::Encoder& encoder) {
    for (const Any& value : values) value.encode_value(encoder);
  });
  return true;
}

}  // namespace

std::shared_ptr<Servant> make_servant(Interface interface, Handler handler) {
  return std::make_shared<DynamicServant>(std::move(interface), std::move(handler));
}

}  // namespace corbel::dynamic
