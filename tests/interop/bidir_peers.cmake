# Calls back over the client's connection, between Corbel and omniORB.
find_program(CORBEL_OMNIIDL omniidl)
find_library(CORBEL_OMNIORB omniORB4)
find_library(CORBEL_OMNIORB_DYNAMIC omniDynamic4)
find_library(CORBEL_OMNITHREAD omnithread)
if(NOT CORBEL_OMNIIDL OR NOT CORBEL_OMNIORB OR NOT CORBEL_OMNIORB_DYNAMIC OR NOT CORBEL_OMNITHREAD)
  message(STATUS "No omniidl and omniORB libraries: the tests of bidirectional connections with omniORB are left out")
  return()
endif()

set(here ${CMAKE_CURRENT_LIST_DIR})
set(idl ${PROJECT_SOURCE_DIR}/tests/integration/bidirectional/bidirectional.idl)
add_executable(bidir_corbel_peer ${here}/bidir_corbel_peer.cpp)
corbel_idl(bidir_corbel_peer ${idl})
target_include_directories(bidir_corbel_peer PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(bidir_corbel_peer PRIVATE corbel_test_calls Corbel::orb corbel_warnings)

set(stubs ${CMAKE_CURRENT_BINARY_DIR}/bidir_omni_stubs)
file(MAKE_DIRECTORY ${stubs})
add_custom_command(OUTPUT ${stubs}/bidirectional.hh ${stubs}/bidirectionalSK.cc ${stubs}/bidirectionalDynSK.cc
  COMMAND ${CORBEL_OMNIIDL} -bcxx -Wba -C${stubs} ${idl} DEPENDS ${idl} COMMENT "omniidl bidirectional" VERBATIM)
add_executable(bidir_omni_peer ${here}/bidir_omni_peer.cpp ${stubs}/bidirectional.hh ${stubs}/bidirectionalSK.cc
  ${stubs}/bidirectionalDynSK.cc)
target_include_directories(bidir_omni_peer PRIVATE ${stubs})
target_link_libraries(bidir_omni_peer PRIVATE ${CORBEL_OMNIORB_DYNAMIC} ${CORBEL_OMNIORB} ${CORBEL_OMNITHREAD}
  Threads::Threads)

corbel_script_test(interop:bidirectional LABELS interop NEEDS bidir_corbel_peer bidir_omni_peer
  COMMAND ${here}/bidir_between.sh $<TARGET_FILE:bidir_corbel_peer> $<TARGET_FILE:bidir_omni_peer>)
