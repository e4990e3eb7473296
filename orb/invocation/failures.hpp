#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>
#include <corbel/stub/operation.hpp>

#include <orb/connection/client_connection.hpp>
#include <orb/giop/reply.hpp>
#include <orb/transport/transport.hpp>

#include <exception>
#include <string>

namespace corbel::invocation {

/// "10.0.0.7:2809 (bank/alice)": where a call goes, for messages.
std::string describe(const ObjectRef& target, const Endpoint& endpoint);

/// No connection to any endpoint of the target; `tried` lists what was tried and why it failed.
[[noreturn]] void raise_connect_failed(const ObjectRef& target, const std::string& tried,
                                       bool timed_out);

/// A request that was not answered: COMM_FAILURE or TIMEOUT with the right completion status.
[[noreturn]] void raise_not_answered(const connection::CallOutcome& outcome,
                                     const ObjectRef& target, const Endpoint& endpoint,
                                     const stub::Operation& operation);

/// The deadline was over before the request could be sent.
[[noreturn]] void raise_too_late(const stub::Operation& operation);

/// TRANSIENT: the call was forwarded, or went back, to a server that wants its arguments encoded as
/// they cannot be any more.
std::exception_ptr must_be_called_again(const stub::Operation& operation, const Endpoint& endpoint);

/// Throws what a system exception reply holds; says who answered what if the peer gives no reason.
[[noreturn]] void raise_peers_exception(cdr::Decoder& decoder, const giop::ReplyHeader& header,
                                        const ObjectRef& target, const stub::Operation& operation);

/// Throws what a user exception reply holds; UNKNOWN for one the operation does not declare.
[[noreturn]] void raise_user_exception(cdr::Decoder& decoder, const stub::Operation& operation);

/// True for failures that may be tried again without being asked: TRANSIENT or COMM_FAILURE, surely
/// not executed, and not a refused connection (nobody is there; a retry would only take time).
bool may_retry(const SystemException& failure) noexcept;

}  // namespace corbel::invocation
