# corbel-naming and omniORB's naming tools, against each other.
add_executable(naming_client_check ${CMAKE_CURRENT_LIST_DIR}/naming_client_check.cpp)
target_link_libraries(naming_client_check PRIVATE Corbel::orb corbel_warnings)

corbel_script_test(interop:nameclt LABELS interop NEEDS corbel-naming
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/naming_nameclt.sh $<TARGET_FILE:corbel-naming>)
corbel_script_test(interop:omninames LABELS interop NEEDS corbel-naming naming_client_check
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/naming_omninames.sh $<TARGET_FILE:corbel-naming>
    $<TARGET_FILE:naming_client_check>)
