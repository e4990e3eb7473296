#include <corbel/stub/value.hpp>
#include <orb/cdr/value_reader.hpp>
#include <orb/cdr/value_writer.hpp>

#include <iterator>

namespace corbel {

void ValueBase::corbel_release(stub::ValueRelease&) {}

std::string_view repository_id(const ValueBase& value) noexcept {
  return value.corbel_type().repository_id;
}

void break_cycles(const std::shared_ptr<ValueBase>& root) {
  if (!root) return;
  stub::ValueRelease reached;
  stub::ValueAccess::release(*root, reached);
  // Each value gives up its own, so that it is asked in vain when it is reached again. Those that
  // are emptied stay until the end: one that frees itself here would be freed inside its own call.
  std::vector<std::shared_ptr<ValueBase>> emptied;
  while (!reached.empty()) {
    emptied.push_back(reached.next());
    stub::ValueAccess::release(*emptied.back(), reached);
  }
}

namespace stub {
namespace {

// The values that the outermost ValueRelease of this thread is about to free.
thread_local std::vector<std::shared_ptr<ValueBase>>* pending = nullptr;

}  // namespace

std::shared_ptr<ValueBase> ValueRelease::next() {
  auto value = std::move(values_.back());
  values_.pop_back();
  return value;
}

ValueRelease::~ValueRelease() {
  if (values_.empty()) return;
  if (pending != nullptr) {
    pending->insert(pending->end(), std::make_move_iterator(values_.begin()),
                    std::make_move_iterator(values_.end()));
    return;
  }
  pending = &values_;
  while (!values_.empty()) {
    const auto last = next();  // freed at the end of this turn, with what it leaves in values_
  }
  pending = nullptr;
}

void write_value(cdr::Encoder& encoder, const ValueBase* value) {
  encoder.values().write(encoder, value);
}

std::shared_ptr<ValueBase> read_value(cdr::Decoder& decoder, const ValueType& declared) {
  return decoder.failed() ? nullptr : decoder.values().read(decoder, declared);
}

TypeCode value_base_type_code() {
  static const TypeCode code =
      TypeCode::value(std::string(Type<ValueBase>::kRepositoryId), "ValueBase", 0, TypeCode(), {});
  return code;
}

}  // namespace stub
}  // namespace corbel
