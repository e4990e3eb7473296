#include <gtest/gtest.h>
#include <corbel/stub/function_ref.hpp>

#include <memory>
#include <string>

namespace corbel {
namespace {

int twice(FunctionRef<int(int)> function) { return function(function(1)); }

TEST(FunctionRef, CallsALambdaWithState) {
  int calls = 0;

  EXPECT_EQ(twice([&](int x) {
              ++calls;
              return x + 10;
            }),
            21);
  EXPECT_EQ(calls, 2);
}

TEST(FunctionRef, CallsAConstCallable) {
  const auto add = [](int x) { return x + 1; };

  EXPECT_EQ(twice(add), 3);
}

TEST(FunctionRef, PassesMoveOnlyArguments) {
  const auto take = [](std::unique_ptr<std::string> text) { return *text; };
  const FunctionRef<std::string(std::unique_ptr<std::string>)> reference(take);

  EXPECT_EQ(reference(std::make_unique<std::string>("x")), "x");
}

}  // namespace
}  // namespace corbel
