# Compiler settings shared by all targets: warnings for our own code only
# (corbel_warnings is linked PRIVATE), sanitizers for everything.
add_library(corbel_warnings INTERFACE)
target_compile_options(corbel_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(corbel_warnings INTERFACE -Wthread-safety)
else()
  # g++ 12 sees uninitialised members in every std::optional that it half inlines.
  target_compile_options(corbel_warnings INTERFACE -Wno-maybe-uninitialized)
endif()

if(CORBEL_SANITIZE)
  add_compile_options(-fsanitize=${CORBEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CORBEL_SANITIZE})
endif()

if(CORBEL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CORBEL_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()

find_program(CORBEL_CCACHE ccache)
if(CORBEL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CORBEL_CCACHE})
endif()
