#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>

namespace corbel::invocation {

class Route;

/// How often one call went elsewhere: servers may send it in circles.
/// Threads: one at a time.
class Detours {
 public:
  /// A server forwards the call. Throws INV_OBJREF for a nil target, TRANSIENT when it is forwarded
  /// once too often.
  void forward(Route& route, ObjectRef target, bool permanent, unsigned at_most);
  /// After this failure: true when the call goes back to where it was forwarded from.
  bool fall_back(Route& route, const SystemException& failure, unsigned at_most);
  /// It was forwarded once too often: to try again would only prolong it.
  bool are_over(unsigned at_most) const noexcept { return forwards_ + returns_ > at_most; }

 private:
  unsigned forwards_ = 0;
  unsigned returns_ = 0;
};

}  // namespace corbel::invocation
