# Unions, fixed and TypeCodes between Corbel and omniORB.
set(here ${CMAKE_CURRENT_LIST_DIR})
add_executable(constructs_corbel_peer ${here}/constructs_corbel_peer.cpp)
corbel_idl(constructs_corbel_peer ${here}/constructs.idl)
target_link_libraries(constructs_corbel_peer PRIVATE Corbel::orb corbel_warnings)
corbel_omniorb_peer(constructs_omni_peer IDL ${here}/constructs.idl
  SOURCES ${here}/constructs_omni_peer.cpp)
foreach(version 1.1 1.2)
  corbel_script_test(interop:constructs_${version} LABELS interop TIMEOUT 200
    NEEDS constructs_corbel_peer constructs_omni_peer
    COMMAND ${here}/constructs_between.sh $<TARGET_FILE:constructs_corbel_peer>
      $<TARGET_FILE:constructs_omni_peer> ${version})
endforeach()
