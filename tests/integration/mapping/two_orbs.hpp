#pragma once

#include <corbel/orb.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace corbel::test {

enum class Way { tcp, collocated };

/// A server and a client in this process: two Orbs and a connection, or one Orb and none.
class TwoOrbs : public testing::TestWithParam<Way> {
 protected:
  TwoOrbs() { adapter_.activate_requests(); }

  template <Proxy T>
  T serve(std::shared_ptr<typename Type<T>::Servant> servant) {
    const T object = adapter_.activate<T>(std::move(servant));
    return client().object<T>(to_string(object));
  }
  Orb& client() { return GetParam() == Way::tcp ? client_ : server_; }
  Orb& server() { return server_; }

 private:
  Orb server_;
  Orb client_;
  Adapter adapter_ = server_.create_adapter("mapping");
};

inline std::string way_name(const testing::TestParamInfo<Way>& info) {
  return info.param == Way::tcp ? "Tcp" : "Collocated";
}

#define CORBEL_BOTH_WAYS(Suite)    \
  class Suite : public TwoOrbs {}; \
  INSTANTIATE_TEST_SUITE_P(Both, Suite, testing::Values(Way::tcp, Way::collocated), way_name)

}  // namespace corbel::test
