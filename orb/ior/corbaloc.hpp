#pragma once

#include <corbel/reference.hpp>

#include <string>
#include <string_view>

namespace corbel::ior {

/// "corbaloc:iiop:1.2@host:port,:other/key", "corbaloc:rir:/Name" (CORBA 3.3 part 2, 7.6.10).
/// Without a version it means IIOP 1.0, without a port 2809. Every address becomes a profile.
/// An address of an unknown protocol is passed over if another one can be used.
/// Throws BadParam saying which part is wrong and what was expected.
ObjectRef parse_corbaloc(std::string_view text);

/// "corbaname:" and a corbaloc address list, "/key" (NameService when absent), "#stringified name"
/// (Naming Service 1.3, 2.5.3).
ObjectRef parse_corbaname(std::string_view text);

/// The opposite of parse_corbaloc; corbaname: when there is a name to resolve. Throws BadParam for
/// references without an IIOP profile.
std::string to_corbaloc_text(const ObjectRef& ref);

}  // namespace corbel::ior
