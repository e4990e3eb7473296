# corbel_idl(<target> <file.idl>...
#            [INCLUDE_DIRS <folder>...]  searched for #include, after the including file's own folder
#            [DEFINES <NAME[=VALUE]>...] macros of the IDL preprocessor
#            [OUTPUT_DIR <folder>])      where x.idl.hpp and x.idl.cpp go; a folder of the target's
#                                        own in the build tree by default
#
# Compiles IDL to C++ at build time and adds the result to <target>: the sources to what it
# compiles, the folder of the headers to where it, and for a library everybody who links it, finds
# #include <x.idl.hpp>. Link the target with Corbel::orb. Works for executables and for static,
# shared, object and interface libraries, in Corbel's own build and with find_package(Corbel).
# The code is made again when the IDL, a file that it includes or the compiler changes.
# The target property CORBEL_IDL_HEADERS lists the generated headers.

function(corbel_idl target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "OUTPUT_DIR" "INCLUDE_DIRS;INCLUDES;DEFINES")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "corbel_idl: '${target}' is not a target: call add_executable() or add_library() first")
  endif()
  if(NOT ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "corbel_idl(${target}): expected at least one IDL file")
  endif()
  if(NOT ARG_OUTPUT_DIR)
    set(ARG_OUTPUT_DIR ${CMAKE_CURRENT_BINARY_DIR}/${target}-idl)
  endif()
  get_filename_component(folder ${ARG_OUTPUT_DIR} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
  file(MAKE_DIRECTORY ${folder})

  set(options)
  foreach(directory ${ARG_INCLUDE_DIRS} ${ARG_INCLUDES})
    get_filename_component(directory ${directory} ABSOLUTE)
    list(APPEND options -I ${directory})
  endforeach()
  foreach(macro ${ARG_DEFINES})
    list(APPEND options -D ${macro})
  endforeach()

  set(sources)
  set(headers)
  foreach(file ${ARG_UNPARSED_ARGUMENTS})
    _corbel_idl_file(${file} ${folder} "${options}")
    list(APPEND sources ${generated}.cpp)
    list(APPEND headers ${generated}.hpp)
  endforeach()
  _corbel_idl_attach(${target} ${folder} "${sources}" "${headers}")
endfunction()

# The build rule for one file; sets `generated` to the output's path without .hpp and .cpp.
function(_corbel_idl_file file folder options)
  if(TARGET corbel_idl_compiler)
    set(compiler corbel_idl_compiler)
  elseif(TARGET Corbel::corbel-idl)
    set(compiler Corbel::corbel-idl)
  else()
    message(FATAL_ERROR "corbel_idl: there is no IDL compiler; is Corbel installed completely?")
  endif()
  get_filename_component(file ${file} ABSOLUTE)
  get_filename_component(name ${file} NAME)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "corbel_idl: no such file: ${file}")
  endif()
  get_property(other GLOBAL PROPERTY "CORBEL_IDL_SOURCE_OF ${folder}/${name}")
  if(other AND NOT other STREQUAL file)
    message(FATAL_ERROR "corbel_idl: both ${other} and ${file} would be compiled to ${folder}/${name}.hpp; \
give one of them a corbel_idl() of its own with another OUTPUT_DIR, or another name")
  endif()
  set_property(GLOBAL PROPERTY "CORBEL_IDL_SOURCE_OF ${folder}/${name}" "${file}")
  add_custom_command(
    OUTPUT ${folder}/${name}.hpp ${folder}/${name}.cpp
    COMMAND ${compiler} ${options} -o ${folder} --depfile ${folder}/${name}.d ${file}
    DEPENDS ${file} ${compiler}
    DEPFILE ${folder}/${name}.d
    COMMENT "Compiling IDL ${name}"
    VERBATIM)
  set_source_files_properties(${folder}/${name}.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set(generated ${folder}/${name} PARENT_SCOPE)
endfunction()

# Adds generated files to a target; headers are sources too, so that they exist before anything that
# includes them is compiled.
function(_corbel_idl_attach target folder sources headers)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL INTERFACE_LIBRARY)
    # Whoever links it compiles the sources, perhaps in another directory: a target makes them first.
    string(MAKE_C_IDENTIFIER "${folder}" unique)
    add_custom_target(${target}-idl-${unique} DEPENDS ${sources} ${headers})
    add_dependencies(${target} ${target}-idl-${unique})
    target_sources(${target} INTERFACE ${sources} ${headers})
    set(scope INTERFACE)
  else()
    target_sources(${target} PRIVATE ${sources} ${headers})
    set(scope PUBLIC)
    if(type STREQUAL EXECUTABLE)
      set(scope PRIVATE)
    endif()
  endif()
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${folder}>)
  set_property(TARGET ${target} APPEND PROPERTY CORBEL_IDL_HEADERS ${headers})
endfunction()
