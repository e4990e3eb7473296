#include <orb/invocation/way.hpp>

#include <orb/base/hot.hpp>
#include <orb/giop/header.hpp>
#include <orb/invocation/failures.hpp>
#include <orb/ior/reference_data.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace corbel::invocation {

using connection::Use;

namespace {

/// nullopt: none in common.
std::optional<ior::TransmissionCodeSets> common_code_sets(const ObjectRef& target,
                                                          std::size_t endpoint) {
  const auto& profile = target.data().profile_of(endpoint);
  if (!profile.code_sets) return ior::TransmissionCodeSets();
  return ior::negotiate_code_sets(*profile.code_sets);
}

std::size_t first_endpoint(const ObjectRef& target, const Route& route) {
  return route.endpoint() < target.endpoints().size() ? route.endpoint() : 0;
}

}  // namespace

cdr::Encoding encoding_for(const ObjectRef& target, std::size_t first) {
  const auto& endpoints = target.endpoints();
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    const auto index = (first + i) % endpoints.size();
    if (const auto sets = common_code_sets(target, index)) {
      return {cdr::kNativeOrder, version_for(target, index), sets->chars, sets->wchars};
    }
  }
  throw CodesetIncompatible("no code set in common with " + describe(target, endpoints.front()),
                            Completion::no);
}

GiopVersion version_for(const ObjectRef& target, std::size_t endpoint) {
  return std::min(target.data().profile_of(endpoint).version, giop::kHighestVersion);
}

namespace {

giop::Addressee addressee_for(const ObjectRef& target, std::size_t endpoint, const Route& route) {
  const auto& data = target.data();
  giop::Addressee addressee{data.profile_of(endpoint).object_key};
  addressee.disposition = route.addressing();
  if (addressee.disposition == giop::AddressingDisposition::key) return addressee;
  addressee.reference = &target;
  // Counted among all profiles, those of other protocols too.
  addressee.profile = data.endpoint_profiles[endpoint];
  for (const auto opaque : data.opaque_profiles) {
    if (opaque <= addressee.profile) ++addressee.profile;
  }
  return addressee;
}

/// The connections that a call to the target may go back over; null: none.
detail::ReferenceOrigin* way_back_of(const Invoker::Environment& environment,
                                     const ObjectRef& target) {
  const auto& origin = target.data().origin;
  return origin ? origin.get() : environment.trusted_origin;
}

// Bidirectional GIOP exists from 1.2 on.
Way find_way_back(Invoker::Environment& environment, const ObjectRef& target, const Route& route) {
  auto* const origin = way_back_of(environment, target);
  if (origin == nullptr) return {};
  const auto& endpoints = target.endpoints();
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    const auto version = version_for(target, i);
    if (version < kGiop1_2) continue;
    const auto sets = common_code_sets(target, i);
    if (!sets) continue;
    auto connection = origin->way_to(endpoints[i], *sets);
    if (!connection) continue;
    return {connection::ConnectionPool::Lease(std::move(connection)), &endpoints[i], version,
            addressee_for(target, i, route)};
  }
  return {};
}

}  // namespace

Way find_existing_way(Invoker::Environment& environment, const ObjectRef& target,
                      const Route& route, Use use) {
  const auto& endpoints = target.endpoints();
  if (endpoints.empty()) return {};
  if (auto way = find_way_back(environment, target, route); way.connection) return way;
  const auto index = first_endpoint(target, route);
  const auto sets = common_code_sets(target, index);
  if (!sets) return {};
  auto lease = environment.pool.acquire_existing(endpoints[index], *sets, use);
  return {std::move(lease), &endpoints[index], version_for(target, index),
          addressee_for(target, index, route)};
}

CORBEL_HOT Way find_hot_way(const Route& route, Use use, SteadyClock::time_point now) {
  const auto* known = route.known_way();
  if (known == nullptr) return {};
  auto lease = connection::ConnectionPool::acquire_hot(*known->place, use, now);
  if (!lease) return {};
  const auto& data = route.original().data();
  return {std::move(lease),
          &data.endpoints[known->endpoint],
          known->version,
          {data.profile_of(known->endpoint).object_key}};
}

Way find_way(Invoker::Environment& environment, const ObjectRef& target, Route& route, Use use,
             Deadline deadline) {
  const auto& endpoints = target.endpoints();
  if (endpoints.empty()) {
    throw InvObjref("the reference has no address that can be called over IIOP", Completion::no);
  }
  if (auto way = find_way_back(environment, target, route); way.connection) return way;
  const auto first = first_endpoint(target, route);
  std::string tried;
  bool timed_out = false;
  std::size_t incompatible = 0;
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    const auto index = (first + i) % endpoints.size();
    transport::ConnectResult failure;
    if (const auto sets = common_code_sets(target, index)) {
      // What is left of the time is shared among the addresses still to try.
      auto until = deadline;
      if (!deadline.is_never() && i + 1 < endpoints.size()) {
        until = Deadline::after(deadline.remaining() / static_cast<long>(endpoints.size() - i));
      }
      auto place = environment.pool.place_for(endpoints[index], *sets);
      auto lease = environment.pool.acquire(place, use, until, failure);
      if (lease) {
        if (way_back_of(environment, target) == nullptr) {
          route.remember({index, version_for(target, index), std::move(place)}, target);
        }
        route.set_endpoint(index);
        return {std::move(lease), &endpoints[index], version_for(target, index),
                addressee_for(target, index, route)};
      }
    } else {
      failure.error = "has no code set in common with us";
      ++incompatible;
    }
    tried += (tried.empty() ? "" : ", ") + endpoints[index].to_string() + " " + failure.error;
    timed_out = timed_out || failure.timed_out;
    if (deadline.has_passed()) break;
  }
  if (incompatible == endpoints.size()) throw CodesetIncompatible(tried, Completion::no);
  raise_connect_failed(target, tried, timed_out);
}

}  // namespace corbel::invocation
