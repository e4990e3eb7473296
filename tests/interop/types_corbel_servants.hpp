#pragma once

#include <corbel/adapter.hpp>

#include <types.idl.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

/// Calls whoever calls it.
class CallbackServant final : public interop::Callback::Servant {
 public:
  /// Its own reference; set before anybody calls.
  interop::Callback self;
  std::int32_t bounce(std::int32_t depth, const interop::Callback& other) override;
};

/// A callback, activated.
interop::Callback make_callback(corbel::Adapter& adapter);
/// What types.idl says, activated.
interop::Types make_types(corbel::Adapter& adapter);
