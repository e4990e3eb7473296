# corbel_proto_messages(FOLDER IMPORTS FILE...): build rules that make protoc's own C++ of the files, which are
# named relative to the folder IMPORTS, below FOLDER.
function(corbel_proto_messages folder imports)
  file(MAKE_DIRECTORY ${folder})
  foreach(file ${ARGN})
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    add_custom_command(
      OUTPUT ${folder}/${stem}.pb.h ${folder}/${stem}.pb.cc
      COMMAND protobuf::protoc -I ${imports} --cpp_out=${folder} ${file}
      DEPENDS ${imports}/${file} protobuf::protoc
      COMMENT "Compiling messages of ${file}"
      VERBATIM)
    # Their author is protoc.
    set_source_files_properties(${folder}/${stem}.pb.cc PROPERTIES COMPILE_OPTIONS "-w"
      SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
endfunction()
