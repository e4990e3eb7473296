# corbel_test(unit_cdr SOURCES encoder_test.cpp LINKS Corbel::orb LABELS unit)
# Every GoogleTest case becomes one ctest; a case that runs longer than its deadline fails instead
# of hanging the suite. Each label is also a build target: `ninja tests-unit`.
function(corbel_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;LABELS;PROPERTIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} corbel_warnings GTest::gmock GTest::gtest GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_PREFIX "${name}:" TEST_LIST ${name}_TESTS
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} ${ARG_PROPERTIES})
  # gtest_discover_tests() takes no list as a property's value: of several labels it keeps the first.
  set(labels ${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake)
  file(WRITE ${labels} "if(${name}_TESTS)
  set_tests_properties(\${${name}_TESTS} PROPERTIES LABELS \"${ARG_LABELS}\")
endif()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${labels})
  corbel_label_targets("${ARG_LABELS}" ${name})
endfunction()

# corbel_script_test(integration_bank COMMAND run.sh $<TARGET_FILE:bank-server>
#                    NEEDS bank-server LABELS integration [TIMEOUT s] [PROPERTIES name value ...])
# A program or script that passes when it ends with 0. NEEDS: the targets that it runs.
function(corbel_script_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "COMMAND;NEEDS;LABELS;PROPERTIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${ARG_COMMAND})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}" ${ARG_PROPERTIES})
  corbel_label_targets("${ARG_LABELS}" ${ARG_NEEDS})
endfunction()

function(corbel_label_targets labels)
  foreach(label ${labels})
    if(NOT TARGET tests-${label})
      add_custom_target(tests-${label})
    endif()
    if(ARGN)
      add_dependencies(tests-${label} ${ARGN})
    endif()
  endforeach()
endfunction()

# corbel_fuzz(cdr SOURCES fuzz_cdr.cpp LINKS Corbel::orb)
# A libFuzzer target fuzz_cdr, run for CORBEL_FUZZ_SECONDS as a ctest of that name, from the seeds in
# corpus/cdr beside it, with a fixed seed so that a find can be made again (scripts/soak.sh takes others).
# Finds go to the build folder. Only with CORBEL_FUZZ (clang).
set(CORBEL_FUZZ_SECONDS 30 CACHE STRING "How long each fuzz target runs as a test")
function(corbel_fuzz name)
  if(NOT CORBEL_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  set(target fuzz_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${ARG_LINKS} corbel_warnings)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  set(grown ${CMAKE_CURRENT_BINARY_DIR}/grown/${name})
  file(MAKE_DIRECTORY ${grown})
  math(EXPR timeout "${CORBEL_FUZZ_SECONDS} + 120")
  corbel_script_test(${target} NEEDS ${target} LABELS fuzz TIMEOUT ${timeout}
    COMMAND ${target} -seed=1 -max_total_time=${CORBEL_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048
      -print_final_stats=1 -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/${name}-
      ${grown} ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
endfunction()
