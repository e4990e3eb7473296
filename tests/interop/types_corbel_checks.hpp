#pragma once

#include "types_checks.hpp"

#include <corbel/orb.hpp>

#include <types.idl.hpp>

#include <string>

/// What the client checks; types_omni_checks.hpp has the same for omniORB's client.
struct CorbelClient {
  corbel::Orb& orb;
  interop::Types types;
  interop::Callback callback;  ///< the client's own object
  std::string version;         ///< GIOP version that the peer allows
  bool utf8;                   ///< text beyond Latin-1 can be sent
  Checks checks{};
};

void check_values(CorbelClient& client);
void check_texts(CorbelClient& client);
void check_calls(CorbelClient& client);
void check_failures(CorbelClient& client);
void check_large_values(CorbelClient& client);
/// The server closes idle connections.
void check_idle(CorbelClient& client);
