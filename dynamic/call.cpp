#include <corbel/stub/proxy_base.hpp>
#include <dynamic/bound_operation.hpp>

namespace corbel::dynamic {

using detail::BoundOperation;

namespace {

using BoundPointer = std::shared_ptr<const BoundOperation>;

Results decode_results(const BoundOperation& bound, cdr::Decoder& decoder) {
  const bool has_result = bound.operation.result.unaliased().kind() != TCKind::tk_void;
  std::vector<TypeCode> types;
  if (has_result) types.push_back(bound.operation.result);
  for (const auto& parameter : bound.operation.parameters) {
    if (parameter.direction != Direction::in) types.push_back(parameter.type);
  }
  Results results{{}, detail::decode_all(types, decoder), {}};
  if (has_result) {
    results.result = std::move(results.out.front());
    results.out.erase(results.out.begin());
  }
  return results;
}

Results results_of(const UserFailure& failure) {
  Results results;
  results.exception = failure.value();
  return results;
}

class Receiver final : public stub::ReplyReceiver {
 public:
  using State = corbel::detail::ReplyState<Results>;

  Receiver(BoundPointer bound, std::shared_ptr<State> state)
      : bound_(std::move(bound)), state_(std::move(state)) {}

  void on_results(cdr::Decoder& decoder) override {
    Results results = decode_results(*bound_, decoder);
    stub::end_results(decoder);
    state_->set_value(std::move(results));
  }
  void on_exception(std::exception_ptr exception) override {
    try {
      std::rethrow_exception(exception);
    } catch (const UserFailure& failure) {
      state_->set_value(results_of(failure));
    } catch (...) {
      state_->set_exception(std::move(exception));
    }
  }

 private:
  const BoundPointer bound_;  // what the call refers to until its end
  const std::shared_ptr<State> state_;
};

Results call_bound(const Object& target, const BoundOperation& bound,
                   const std::vector<Any>& arguments) {
  const auto values = detail::fitting_arguments(bound, arguments);
  const auto encode = [&](cdr::Encoder& encoder) {
    for (const Any& value : values) value.encode_value(encoder);
  };
  Results results;
  if (bound.operation.oneway) {
    stub::invoke_oneway(target, bound.wire, encode);
    return results;
  }
  try {
    stub::invoke(target, bound.wire, encode,
                 [&](cdr::Decoder& decoder) { results = decode_results(bound, decoder); });
  } catch (const UserFailure& failure) {
    return results_of(failure);
  }
  return results;
}

Reply<Results> start(const Object& target, const BoundPointer& bound,
                     const std::vector<Any>& arguments) {
  if (bound->operation.oneway)
    throw BadOperation(bound->scoped_name + " is one-way: call() does not wait either");
  const auto values = detail::fitting_arguments(*bound, arguments);
  const auto encode = [&](cdr::Encoder& encoder) {
    for (const Any& value : values) value.encode_value(encoder);
  };
  auto state = std::make_shared<corbel::detail::ReplyState<Results>>();
  auto started =
      stub::invoke_async(target, bound->wire, encode, std::make_shared<Receiver>(bound, state));
  state->orb_executor = std::move(started.executor);
  state->cancel = std::move(started.cancel);
  return Reply<Results>(std::move(state));
}

}  // namespace

std::string Results::exception_id() const {
  return exception ? exception->type().unaliased().id() : std::string();
}

const Any& Results::value() const {
  if (exception) throw UserFailure(*exception);
  return result;
}

Results call(const Object& target, const Interface& interface, std::string_view operation,
             const std::vector<Any>& arguments) {
  return call_bound(target, *detail::find_operation(interface, operation), arguments);
}

Results call(const Object& target, const Operation& operation, const std::vector<Any>& arguments) {
  return call_bound(target, BoundOperation(operation), arguments);
}

Reply<Results> async_call(const Object& target, const Interface& interface,
                          std::string_view operation, const std::vector<Any>& arguments) {
  return start(target, detail::find_operation(interface, operation), arguments);
}

Reply<Results> async_call(const Object& target, const Operation& operation,
                          const std::vector<Any>& arguments) {
  return start(target, std::make_shared<const BoundOperation>(operation), arguments);
}

}  // namespace corbel::dynamic
