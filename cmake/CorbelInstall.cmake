# Install rules and the package that find_package(Corbel) finds.
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Corbel)

set(installed corbel_orb)
set_target_properties(corbel_idl_compiler PROPERTIES EXPORT_NAME corbel-idl)
foreach(program corbel_idl_compiler corbel-naming corbel-events)
  if(TARGET ${program})
    list(APPEND installed ${program})
  endif()
endforeach()
install(TARGETS ${installed} EXPORT CorbelTargets)
install(EXPORT CorbelTargets NAMESPACE Corbel:: DESTINATION ${package_folder})
install(EXPORT CorbelProtoTargets NAMESPACE Corbel:: DESTINATION ${package_folder})

# A component of its own: whoever does not ask for it needs no Boost.
install(TARGETS corbel_dynamic EXPORT CorbelDynamicTargets)
install(EXPORT CorbelDynamicTargets NAMESPACE Corbel:: DESTINATION ${package_folder})

install(DIRECTORY include/corbel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
# The standard services' generated headers; idl/library installs the IDL.
get_property(generated GLOBAL PROPERTY CORBEL_LIBRARY_HEADERS)
install(FILES ${generated} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/corbel/idl)

# Only what a static library still needs at its users' link has to be found there.
get_property(library_links GLOBAL PROPERTY CORBEL_LIBRARY_LINKS)
set(CORBEL_NEEDS_SPDLOG OFF)
if(NOT BUILD_SHARED_LIBS AND "spdlog::spdlog" IN_LIST library_links)
  set(CORBEL_NEEDS_SPDLOG ON)
endif()
configure_package_config_file(cmake/CorbelConfig.cmake.in ${PROJECT_BINARY_DIR}/CorbelConfig.cmake
  INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_DATADIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/CorbelConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/CorbelConfig.cmake ${PROJECT_BINARY_DIR}/CorbelConfigVersion.cmake
  idl/cmake/CorbelIdl.cmake idl/cmake/CorbelProto.cmake DESTINATION ${package_folder})
