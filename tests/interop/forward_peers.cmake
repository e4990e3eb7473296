# Servant locators, activators and default servants, forwards, nested callbacks: between Corbel and omniORB.
set(here ${CMAKE_CURRENT_LIST_DIR})
add_executable(forward_corbel_peer ${here}/forward_corbel_peer.cpp)
corbel_idl(forward_corbel_peer ${here}/forward.idl)
target_link_libraries(forward_corbel_peer PRIVATE Corbel::orb corbel_warnings)
corbel_omniorb_peer(forward_omni_peer IDL ${here}/forward.idl SOURCES ${here}/forward_omni_peer.cpp)

foreach(version 1.0 1.1 1.2)
  corbel_script_test(interop:forward_${version} LABELS interop NEEDS forward_corbel_peer forward_omni_peer
    COMMAND ${here}/forward_between.sh $<TARGET_FILE:forward_corbel_peer> $<TARGET_FILE:forward_omni_peer> ${version})
endforeach()
