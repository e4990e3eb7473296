#pragma once

#include <corbel/reference.hpp>
#include <corbel/stub/encoding.hpp>

#include <orb/base/clock.hpp>
#include <orb/connection/connection_pool.hpp>
#include <orb/giop/target.hpp>
#include <orb/invocation/invoker.hpp>
#include <orb/invocation/route.hpp>

#include <cstddef>

namespace corbel::invocation {

/// A connection for the target, with what the request's header needs to know of it.
struct Way {
  connection::ConnectionPool::Lease connection;
  const Endpoint* endpoint = nullptr;  // lent by the reference, as the addressee
  GiopVersion version;
  giop::Addressee addressee;
};

/// The connection that the target's reference came over, if it takes calls to the target
/// (bidirectional GIOP). Else connects, trying its endpoints in order, beginning with the one that
/// answered last. Throws ConnectFailed.
Way find_way(Invoker::Environment& environment, const ObjectRef& target, Route& route,
             connection::Use use, Deadline deadline);
/// The same over a connection that stands already; its connection is empty if there is none.
Way find_existing_way(Invoker::Environment& environment, const ObjectRef& target,
                      const Route& route, connection::Use use);
/// Where the last call through the route went, if the connection there is hot and the route not
/// forwarded: finds it without a look at endpoints, code sets or the pool. Else empty.
Way find_hot_way(const Route& route, connection::Use use, SteadyClock::time_point now);

/// How arguments are encoded for the target's first endpoint, counted from `first`, that has code
/// sets in common with us. Throws CODESET_INCOMPATIBLE when none has.
cdr::Encoding encoding_for(const ObjectRef& target, std::size_t first);
/// For talking to one profile of a reference.
GiopVersion version_for(const ObjectRef& target, std::size_t endpoint);

}  // namespace corbel::invocation
