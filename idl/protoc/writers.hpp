#pragma once

#include <google/protobuf/io/printer.h>

#include "idl/protoc/description.hpp"

namespace corbel::protoc {

/// "x.corbel.hpp"
void write_header(const File& file, google::protobuf::io::Printer& out);
/// "x.corbel.cpp"
void write_source(const File& file, google::protobuf::io::Printer& out);

/// The names of a service and of one of its methods, for Printer's templates.
std::map<std::string, std::string> names_of(const File& file, const Service& service);
std::map<std::string, std::string> names_of(const File& file, const Service& service,
                                            const Method& method);

void open_namespaces(const File& file, google::protobuf::io::Printer& out);
void close_namespaces(const File& file, google::protobuf::io::Printer& out);

}  // namespace corbel::protoc
