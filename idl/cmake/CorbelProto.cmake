# corbel_proto(<target> <file.proto>...
#              [IMPORT_DIRS <folder>...] where .proto files and what they import are found, and what their
#                                        paths are relative to; the current source folder by default
#              [OUTPUT_DIR <folder>]     a folder of the target's own in the build tree by default
#              [NO_MESSAGES])            the messages' own C++ (x.pb.h) comes from elsewhere
#
# Compiles .proto files at build time, x.pb.{h,cc} by protoc and x.corbel.{hpp,cpp} by protoc-gen-corbel,
# adds them to <target>, which then finds #include <x.corbel.hpp>, and links it with Corbel::proto.
# The code is made again when a .proto file, one that it imports or the plugin changes.

function(corbel_proto target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_MESSAGES" "OUTPUT_DIR" "IMPORT_DIRS")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "corbel_proto: '${target}' is not a target: call add_executable() or add_library() first")
  endif()
  if(NOT ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "corbel_proto(${target}): expected at least one .proto file")
  endif()
  if(NOT ARG_OUTPUT_DIR)
    set(ARG_OUTPUT_DIR ${CMAKE_CURRENT_BINARY_DIR}/${target}-proto)
  endif()
  get_filename_component(folder ${ARG_OUTPUT_DIR} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
  file(MAKE_DIRECTORY ${folder})
  set(imports)
  foreach(directory ${ARG_IMPORT_DIRS} ${CMAKE_CURRENT_SOURCE_DIR})
    get_filename_component(directory ${directory} ABSOLUTE)
    list(APPEND imports ${directory})
  endforeach()
  list(REMOVE_DUPLICATES imports)

  set(sources)
  foreach(file ${ARG_UNPARSED_ARGUMENTS})
    _corbel_proto_file(${file} ${folder} "${imports}" ${ARG_NO_MESSAGES})
    list(APPEND sources ${generated})
  endforeach()
  get_target_property(type ${target} TYPE)
  set(scope PUBLIC)
  if(type STREQUAL EXECUTABLE)
    set(scope PRIVATE)
  endif()
  target_sources(${target} PRIVATE ${sources})
  # protoc's headers are not free of warnings.
  target_include_directories(${target} SYSTEM ${scope} $<BUILD_INTERFACE:${folder}>)
  target_link_libraries(${target} ${scope} Corbel::proto)
endfunction()

# The build rules for one file; sets `generated` to what they make.
function(_corbel_proto_file file folder imports no_messages)
  if(TARGET protoc_gen_corbel)
    set(plugin protoc_gen_corbel)
    get_property(library GLOBAL PROPERTY CORBEL_PROTO_LIBRARY)
  else()
    set(plugin Corbel::protoc-gen-corbel)
    set(library ${CORBEL_PROTO_DIR})
  endif()
  get_filename_component(path ${file} ABSOLUTE)
  if(NOT EXISTS ${path})
    message(FATAL_ERROR "corbel_proto: no such file: ${path}")
  endif()
  set(options)
  set(name)
  foreach(directory ${imports})
    file(RELATIVE_PATH relative ${directory} ${path})
    if(NOT name AND NOT relative MATCHES "^\\.\\./")
      set(name ${relative})
    endif()
    list(APPEND options -I ${directory})
  endforeach()
  if(NOT name)
    message(FATAL_ERROR "corbel_proto: ${path} is in none of the IMPORT_DIRS: ${imports}")
  endif()
  string(REGEX REPLACE "\\.proto$" "" stem ${folder}/${name})
  set(outputs ${stem}.corbel.hpp ${stem}.corbel.cpp)
  set(messages)
  if(NOT no_messages)
    list(APPEND outputs ${stem}.pb.h ${stem}.pb.cc)
    set(messages --cpp_out=${folder})
    set_source_files_properties(${stem}.pb.cc PROPERTIES COMPILE_OPTIONS "-w")
  endif()
  set_source_files_properties(${outputs} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND protobuf::protoc ${options} -I ${library}
      --plugin=protoc-gen-corbel=$<TARGET_FILE:${plugin}> --corbel_out=${folder} ${messages}
      --dependency_out=${folder}/${identifier}.d ${name}
    DEPENDS ${path} ${plugin} protobuf::protoc
    DEPFILE ${folder}/${identifier}.d
    COMMENT "Compiling services of ${name}"
    VERBATIM)
  set(generated ${outputs} PARENT_SCOPE)
endfunction()
