#pragma once

#include <memory>
#include <string_view>

namespace corbel {

namespace cdr {
class Decoder;
class Encoder;
}  // namespace cdr
namespace stub {
struct ValueType;
struct ValueAccess;
class ValueRelease;
}  // namespace stub

/// Base of every class generated from a valuetype. Values are held by std::shared_ptr; a call
/// passes copies of them, in which what was shared is shared again, what was a cycle is a cycle and
/// what was null is null. Names that start with "corbel_" are ours.
/// Threads: as any other object; a call reads the values it is given until it returns.
class ValueBase {
 public:
  virtual ~ValueBase() = default;
  /// What travels: the generated class, also in a class that a user derives from it.
  virtual const stub::ValueType& corbel_type() const noexcept = 0;

 protected:
  ValueBase() = default;
  ValueBase(const ValueBase&) = default;
  ValueBase& operator=(const ValueBase&) = default;

  friend struct stub::ValueAccess;
  virtual void corbel_encode(cdr::Encoder& encoder) const = 0;
  virtual void corbel_decode(cdr::Decoder& decoder) = 0;
  /// Gives up the values that this one refers to.
  virtual void corbel_release(stub::ValueRelease& release);
};

/// "IDL:bank/Account:1.0" of the value's valuetype.
std::string_view repository_id(const ValueBase& value) noexcept;

/// Lets go of every value that can be reached from `root`, so that a cycle (which shared pointers
/// never free by themselves) goes away with the last pointer into it. The values keep the rest of
/// their state. Nobody else may use the values meanwhile.
void break_cycles(const std::shared_ptr<ValueBase>& root);

}  // namespace corbel
