# Valuetypes between Corbel and omniORB. The clients know one type more than the servers.
if(NOT CORBEL_OMNIIDL OR NOT CORBEL_OMNIORB OR NOT CORBEL_OMNIORB_DYNAMIC OR NOT CORBEL_OMNITHREAD)
  return()
endif()

set(here ${CMAKE_CURRENT_LIST_DIR})
add_library(values_corbel_stubs STATIC)
corbel_idl(values_corbel_stubs ${here}/values.idl)
target_link_libraries(values_corbel_stubs PUBLIC Corbel::orb PRIVATE corbel_warnings)
add_executable(values_corbel_server ${here}/values_corbel_server.cpp)
add_executable(values_corbel_client ${here}/values_corbel_client.cpp)
corbel_idl(values_corbel_client ${here}/values_more.idl)

set(stubs ${CMAKE_CURRENT_BINARY_DIR}/values_omni_stubs)
file(MAKE_DIRECTORY ${stubs})
foreach(idl values values_more)
  add_custom_command(OUTPUT ${stubs}/${idl}.hh ${stubs}/${idl}SK.cc ${stubs}/${idl}DynSK.cc
    COMMAND ${CORBEL_OMNIIDL} -bcxx -Wba -C${stubs} ${here}/${idl}.idl
    DEPENDS ${here}/values.idl ${here}/${idl}.idl COMMENT "omniidl ${idl}" VERBATIM)
endforeach()
# One target makes the stubs, so that both peers wait for them. Not our warnings.
add_library(values_omni_stubs STATIC ${stubs}/values.hh ${stubs}/valuesSK.cc ${stubs}/valuesDynSK.cc
  ${stubs}/values_more.hh ${stubs}/values_moreSK.cc ${stubs}/values_moreDynSK.cc)
target_include_directories(values_omni_stubs PUBLIC ${stubs})
target_link_libraries(values_omni_stubs PUBLIC ${CORBEL_OMNIORB_DYNAMIC} ${CORBEL_OMNIORB}
  ${CORBEL_OMNITHREAD} Threads::Threads)
foreach(side client server)
  target_link_libraries(values_corbel_${side} PRIVATE values_corbel_stubs corbel_warnings)
  add_executable(values_omni_${side} ${here}/values_omni_${side}.cpp)
  target_link_libraries(values_omni_${side} PRIVATE values_omni_stubs)
endforeach()
target_sources(values_omni_client PRIVATE ${here}/values_omni_wrapped.cpp)

foreach(version 1.0 1.1 1.2)
  corbel_script_test(interop:values_${version} LABELS interop TIMEOUT 300
    NEEDS values_corbel_server values_corbel_client values_omni_server values_omni_client
    COMMAND ${here}/values_between.sh $<TARGET_FILE:values_corbel_server>
      $<TARGET_FILE:values_corbel_client> $<TARGET_FILE:values_omni_server>
      $<TARGET_FILE:values_omni_client> ${version})
endforeach()
