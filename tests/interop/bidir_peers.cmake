# Calls back over the client's connection, between Corbel and omniORB.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(idl ${PROJECT_SOURCE_DIR}/tests/integration/bidirectional/bidirectional.idl)
add_executable(bidir_corbel_peer ${here}/bidir_corbel_peer.cpp)
corbel_idl(bidir_corbel_peer ${idl})
target_include_directories(bidir_corbel_peer PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(bidir_corbel_peer PRIVATE corbel_test_calls Corbel::orb corbel_warnings)

corbel_omniorb_peer(bidir_omni_peer IDL ${idl} SOURCES ${here}/bidir_omni_peer.cpp)

corbel_script_test(interop:bidirectional LABELS interop NEEDS bidir_corbel_peer bidir_omni_peer
  COMMAND ${here}/bidir_between.sh $<TARGET_FILE:bidir_corbel_peer> $<TARGET_FILE:bidir_omni_peer>)
