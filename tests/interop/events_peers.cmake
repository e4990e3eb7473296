# corbel-events and omniORB's event service and clients, against each other.
find_program(CORBEL_OMNIIDL omniidl)
find_program(CORBEL_OMNIEVENTS omniEvents PATHS /usr/sbin /sbin)
find_program(CORBEL_EVENTC eventc)
find_library(CORBEL_OMNIORB omniORB4)
find_library(CORBEL_OMNIORB_DYNAMIC omniDynamic4)
find_library(CORBEL_OMNITHREAD omnithread)

if(TARGET corbel-events AND CORBEL_OMNIIDL AND CORBEL_OMNIORB AND CORBEL_OMNIORB_DYNAMIC AND CORBEL_OMNITHREAD)
  set(stubs ${CMAKE_CURRENT_BINARY_DIR}/events_omni_stubs)
  file(MAKE_DIRECTORY ${stubs})
  set(sources)
  foreach(idl ${PROJECT_SOURCE_DIR}/idl/library/CosEventComm.idl
          ${PROJECT_SOURCE_DIR}/idl/library/CosEventChannelAdmin.idl ${CMAKE_CURRENT_LIST_DIR}/events_sample.idl)
    get_filename_component(name ${idl} NAME_WE)
    add_custom_command(OUTPUT ${stubs}/${name}.hh ${stubs}/${name}SK.cc ${stubs}/${name}DynSK.cc
      COMMAND ${CORBEL_OMNIIDL} -bcxx -Wba -I${PROJECT_SOURCE_DIR}/idl/library -C${stubs} ${idl}
      DEPENDS ${idl} COMMENT "omniidl ${name}" VERBATIM)
    list(APPEND sources ${stubs}/${name}.hh ${stubs}/${name}SK.cc ${stubs}/${name}DynSK.cc)
  endforeach()
  # Not our warnings: what omniidl writes is its own affair.
  add_executable(events_omni_peer ${CMAKE_CURRENT_LIST_DIR}/events_omni_peer.cpp ${sources})
  target_include_directories(events_omni_peer PRIVATE ${stubs})
  target_link_libraries(events_omni_peer PRIVATE ${CORBEL_OMNIORB_DYNAMIC} ${CORBEL_OMNIORB} ${CORBEL_OMNITHREAD}
    Threads::Threads)

  corbel_script_test(interop:omniorb_on_our_channel LABELS interop NEEDS corbel-events events_omni_peer
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/events_omni_clients.sh $<TARGET_FILE:corbel-events>
      $<TARGET_FILE:events_omni_peer>)
endif()

if(TARGET corbel-naming AND CORBEL_OMNIEVENTS AND CORBEL_EVENTC)
  add_executable(events_client_check ${CMAKE_CURRENT_LIST_DIR}/events_client_check.cpp)
  target_link_libraries(events_client_check PRIVATE Corbel::orb corbel_warnings)
  corbel_script_test(interop:our_clients_on_omnievents LABELS interop NEEDS corbel-naming events_client_check
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/events_omnievents.sh $<TARGET_FILE:corbel-naming>
      $<TARGET_FILE:events_client_check>)
endif()
