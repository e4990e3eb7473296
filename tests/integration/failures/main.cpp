#include "tests/integration/failures/server_process.hpp"

#include <gtest/gtest.h>

#include <string_view>

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == "--serve")
    return corbel::test::serve_counter(argv + 2);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
