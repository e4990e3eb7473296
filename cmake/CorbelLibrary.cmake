# Joins the rooms of orb/ into the one library that users link: Corbel::orb.
# OBJECT libraries do not hand their objects on, so the rooms are collected from a global property,
# and so are the libraries outside the house that they need when linking statically.
function(corbel_library)
  get_property(rooms GLOBAL PROPERTY CORBEL_ROOMS)
  get_property(links GLOBAL PROPERTY CORBEL_ROOM_LIBRARIES)
  list(REMOVE_DUPLICATES links)
  # Header-only libraries leave no trace in the objects' users.
  list(FILTER links EXCLUDE REGEX "^corbel_|^Boost::headers$|^Threads::Threads$")

  set(objects)
  set(includes)
  foreach(room ${rooms})
    list(APPEND objects $<TARGET_OBJECTS:${room}>)
    get_target_property(folders ${room} INTERFACE_INCLUDE_DIRECTORIES)
    list(APPEND includes ${folders})
  endforeach()
  # Users see the public and the generated headers, never the rooms' own.
  list(REMOVE_DUPLICATES includes)
  list(REMOVE_ITEM includes ${PROJECT_SOURCE_DIR})

  add_library(corbel_orb ${objects})
  add_library(Corbel::orb ALIAS corbel_orb)
  target_compile_features(corbel_orb PUBLIC cxx_std_20)
  target_include_directories(corbel_orb PUBLIC "$<BUILD_INTERFACE:${includes}>"
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/corbel/idl>)
  target_link_libraries(corbel_orb PUBLIC Threads::Threads PRIVATE ${links})
  set_target_properties(corbel_orb PROPERTIES EXPORT_NAME orb LINKER_LANGUAGE CXX
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  set_property(GLOBAL PROPERTY CORBEL_LIBRARY_LINKS ${links})
endfunction()
