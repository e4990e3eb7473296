# corbel-events and omniORB's event service and clients, against each other.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(library ${PROJECT_SOURCE_DIR}/idl/library)
corbel_omniorb_peer(events_omni_peer SOURCES ${here}/events_omni_peer.cpp
  IDL ${library}/CosEventComm.idl ${library}/CosEventChannelAdmin.idl ${here}/events_sample.idl)
corbel_script_test(interop:omniorb_on_our_channel LABELS interop NEEDS corbel-events events_omni_peer
  COMMAND ${here}/events_omni_clients.sh $<TARGET_FILE:corbel-events> $<TARGET_FILE:events_omni_peer>)

add_executable(events_client_check ${here}/events_client_check.cpp)
target_link_libraries(events_client_check PRIVATE Corbel::orb corbel_warnings)
corbel_script_test(interop:our_clients_on_omnievents LABELS interop NEEDS corbel-naming events_client_check
  COMMAND ${here}/events_omnievents.sh $<TARGET_FILE:corbel-naming> $<TARGET_FILE:events_client_check>)
