#pragma once

#include <types.hh>

/// Calls whoever calls it.
class CallbackServant final : public POA_interop::Callback {
 public:
  CORBA::Long bounce(CORBA::Long depth, interop::Callback_ptr other) override;
};

/// A callback, activated.
interop::Callback_ptr make_callback(PortableServer::POA_ptr poa);
/// What types.idl says, activated. `utf8`: the native code set.
interop::Types_ptr make_types(PortableServer::POA_ptr poa, bool utf8);
