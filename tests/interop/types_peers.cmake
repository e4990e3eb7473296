# Calls between Corbel and omniORB: one IDL, a client and a server of each.
set(here ${CMAKE_CURRENT_LIST_DIR})
add_executable(types_corbel_peer ${here}/types_corbel_peer.cpp ${here}/types_corbel_samples.cpp
  ${here}/types_corbel_servants.cpp ${here}/types_corbel_values.cpp ${here}/types_corbel_texts.cpp
  ${here}/types_corbel_calls.cpp ${here}/types_corbel_failures.cpp)
corbel_idl(types_corbel_peer ${here}/types.idl)
target_link_libraries(types_corbel_peer PRIVATE Corbel::orb corbel_warnings)

corbel_omniorb_peer(types_omni_peer IDL ${here}/types.idl
  SOURCES ${here}/types_omni_peer.cpp ${here}/types_omni_samples.cpp
    ${here}/types_omni_servants.cpp ${here}/types_omni_values.cpp ${here}/types_omni_texts.cpp
    ${here}/types_omni_calls.cpp ${here}/types_omni_failures.cpp)

foreach(text utf-8 latin-1)
  corbel_script_test(interop:omniorb_1.2_${text} LABELS interop TIMEOUT 240
    NEEDS types_corbel_peer types_omni_peer
    COMMAND ${here}/types_between.sh $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer> 1.2 ${text})
endforeach()
foreach(version 1.0 1.1)
  corbel_script_test(interop:omniorb_client_${version} LABELS interop TIMEOUT 240
    NEEDS types_corbel_peer types_omni_peer COMMAND ${here}/types_between.sh
    $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer> ${version} utf-8 theirs)
  corbel_script_test(interop:corbel_client_${version} LABELS interop TIMEOUT 240
    NEEDS types_corbel_peer types_omni_peer COMMAND ${here}/types_between.sh
    $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer> ${version} utf-8 ours)
endforeach()
# Each way fragmented: omniORB does so by itself above 8 KiB, and only in these versions.
foreach(version 1.1 1.2)
  corbel_script_test(interop:fragments_${version} LABELS interop TIMEOUT 240
    NEEDS types_corbel_peer types_omni_peer COMMAND ${CMAKE_COMMAND} -E env CORBEL_FRAGMENT_SIZE=8192
    ${here}/types_between.sh $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer> ${version} utf-8
    both large)
endforeach()
corbel_script_test(interop:idle_connections LABELS interop NEEDS types_corbel_peer types_omni_peer
  COMMAND ${here}/types_idle.sh $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer>)
corbel_script_test(interop:catior LABELS interop NEEDS types_corbel_peer
  COMMAND ${here}/types_catior.sh $<TARGET_FILE:types_corbel_peer>)
corbel_script_test(interop:octets LABELS interop TIMEOUT 180 NEEDS types_corbel_peer
  COMMAND ${here}/types_octets.py $<TARGET_FILE:types_corbel_peer>)
foreach(version 1.0 1.1 1.2)
  corbel_script_test(interop:tshark_${version} LABELS interop TIMEOUT 240 NEEDS types_corbel_peer types_omni_peer
    COMMAND ${here}/types_tshark.sh $<TARGET_FILE:types_corbel_peer> $<TARGET_FILE:types_omni_peer> ${version})
endforeach()
