#pragma once

#include <corbel/object.hpp>
#include <corbel/reference.hpp>
#include <corbel/servant.hpp>
#include <corbel/stub/operation.hpp>

#include <orb/invocation/route.hpp>

#include <cstddef>
#include <memory>

namespace corbel::invocation {

class Invoker;

}  // namespace corbel::invocation

namespace corbel::detail {

/// What a proxy needs of its Orb; the facade implements it. Proxies hold it weakly.
class OrbCore {
 public:
  virtual ~OrbCore() = default;
  virtual invocation::Invoker& invoker() noexcept = 0;
  virtual bool is_shut_down() const noexcept = 0;
};

/// What the copies of a proxy share.
class ObjectState {
 public:
  ObjectState(std::weak_ptr<OrbCore> orb, std::shared_ptr<invocation::Route> route,
              const CallOptions& options)
      : orb_(std::move(orb)), route_(std::move(route)), options_(options) {}

  const ObjectRef& ref() const noexcept { return route_->original(); }
  const std::weak_ptr<OrbCore>& weak_orb() const noexcept { return orb_; }
  /// Throws BadInvOrder when the Orb is gone.
  std::shared_ptr<OrbCore> orb() const;
  invocation::Route& route() const noexcept { return *route_; }
  const std::shared_ptr<invocation::Route>& shared_route() const noexcept { return route_; }
  const CallOptions& options() const noexcept { return options_; }

 private:
  const std::weak_ptr<OrbCore> orb_;
  const std::shared_ptr<invocation::Route> route_;
  const CallOptions options_;
};

/// The state behind a proxy. Throws InvObjref for the nil reference.
const ObjectState& state_of(const Object& object, std::string_view operation);

}  // namespace corbel::detail
