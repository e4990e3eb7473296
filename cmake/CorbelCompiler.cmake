# Compiler settings shared by all targets: warnings for our own code only
# (corbel_warnings is linked PRIVATE), sanitizers for everything.
add_library(corbel_warnings INTERFACE)
target_compile_options(corbel_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
# Where tests are built warnings are errors; a user's build must not fail over a compiler's mistake.
option(CORBEL_WERROR "Treat warnings as errors" ${CORBEL_TESTS})
if(CORBEL_WERROR)
  target_compile_options(corbel_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(corbel_warnings INTERFACE -Wthread-safety)
else()
  # When it optimises, g++ 12 sees uninitialised members in every std::optional that it half inlines,
  # and overlaps in every concatenation of strings (GCC bug 105651).
  target_compile_options(corbel_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
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
  # Without these ccache does not cache what uses precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CORBEL_CCACHE})
endif()
