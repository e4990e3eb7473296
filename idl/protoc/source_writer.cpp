#include "idl/protoc/writers.hpp"

#include <algorithm>
#include <set>

namespace corbel::protoc {

namespace {

using google::protobuf::io::Printer;

/// How the messages that operations throw travel: a constant for each.
std::string exception_constant(const Raised& raised) {
  std::string name = "raised_" + raised.proto_name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

void write_exceptions(const File& file, Printer& out) {
  std::set<std::string> written;
  for (const Service& service : file.services) {
    for (const Method& method : service.methods) {
      for (const Raised& raised : method.raises) {
        const std::string constant = exception_constant(raised);
        if (!written.insert(constant).second) continue;
        out.Print(
            "constexpr auto $constant$ = ::corbel::proto::exception_type<$type$>(\n"
            "    \"$id$\", \"$proto$\");\n",
            "constant", constant, "id", raised.repository_id, "proto", raised.proto_name, "type",
            raised.cpp_name);
      }
    }
  }
}

void write_operations(const File& file, const Service& service, Printer& out) {
  for (const Method& method : service.methods) {
    auto names = names_of(file, service, method);
    names["oneway"] = method.oneway ? "true" : "false";
    names["raises"] = "{}";
    if (!method.raises.empty()) {
      names["raises"] = method.constant + "_raises";
      out.Print(names, "constexpr const ::corbel::stub::ExceptionType* $raises$[] = {\n");
      for (const Raised& raised : method.raises) {
        out.Print("    &$constant$,\n", "constant", exception_constant(raised));
      }
      out.Print("};\n");
    }
    out.Print(names,
              "// $path$:$line$\n"
              "constexpr ::corbel::stub::Operation $constant${\n"
              "    \"$wire$\", $oneway$, $raises$, \"$proto$.$wire$\"};\n");
  }
}

void define_proxy(const File& file, const Service& service, Printer& out) {
  for (const Method& method : service.methods) {
    const auto names = names_of(file, service, method);
    if (method.oneway) {
      out.Print(names,
                "// $path$:$line$\n"
                "void $service$::$name$(const $request$& request) const {\n"
                "  ::corbel::stub::call_oneway(*this, $constant$, "
                "::corbel::stub::in_as<::corbel::proto::Message<$request$>>(request));\n"
                "}\n\n");
      continue;
    }
    out.Print(names,
              "// $path$:$line$\n"
              "$response$ $service$::$name$(const $request$& request) const {\n"
              "  return ::corbel::stub::call<$service$, ::corbel::proto::Message<$response$>>(\n"
              "      *this, $constant$, [&](auto& servant) { return servant.$name$(request); },\n"
              "      ::corbel::stub::in_as<::corbel::proto::Message<$request$>>(request));\n"
              "}\n"
              "::corbel::Reply<$response$> $service$::$async$(const $request$& request) const {\n"
              "  return ::corbel::stub::call_async<::corbel::proto::Message<$response$>>(\n"
              "      *this, $constant$, "
              "::corbel::stub::in_as<::corbel::proto::Message<$request$>>(request));\n"
              "}\n\n");
  }
}

void define_servant(const File& file, const Service& service, Printer& out) {
  for (const Method& method : service.methods) {
    const auto names = names_of(file, service, method);
    out.Print(names,
              "// $path$:$line$\n"
              "$response$ $service$::$servant$::$name$(const $request$&) {\n"
              "  throw ::corbel::stub::NotOverridden($constant$);\n"
              "}\n"
              "void $service$::$servant$::$async$(const $request$& request,\n"
              "    ::corbel::Responder<$response$> responder) {\n");
    out.Print(names, method.oneway ? "  this->$name$(request);\n  responder.complete();\n}\n\n"
                                   : "  responder.complete(this->$name$(request));\n}\n\n");
  }
}

void write_dispatch(const File& file, const Service& service, Printer& out) {
  std::vector<const Method*> sorted;
  for (const Method& method : service.methods) sorted.push_back(&method);
  std::sort(sorted.begin(), sorted.end(),
            [](const Method* a, const Method* b) { return a->proto_name < b->proto_name; });
  out.Print("namespace {\n\n");
  for (const Method* method : sorted) {
    auto names = names_of(file, service, *method);
    names["result"] = method->oneway ? "::corbel::stub::Void"
                                     : "::corbel::proto::Message<" + method->response + ">";
    out.Print(
        names,
        "// $path$:$line$\n"
        "void serve_$constant$($service$::$servant$& servant, ::corbel::stub::Upcall& upcall) {\n"
        "  const auto request = "
        "::corbel::stub::read<::corbel::proto::Message<$request$>>(upcall);\n"
        "  upcall.end_arguments();\n"
        "  servant.$async$(request, ::corbel::stub::responder<$result$>(upcall, $constant$));\n"
        "}\n\n");
  }
  if (!sorted.empty()) {
    const auto names = names_of(file, service);
    out.Print(names,
              "constexpr ::corbel::stub::OperationEntry<$service$::$servant$> "
              "$service$_operations[] = {\n");
    for (const Method* method : sorted) {
      out.Print(names_of(file, service, *method), "    {\"$wire$\", serve_$constant$},\n");
    }
    out.Print("};\n\n");
  }
  out.Print("}  // namespace\n\n");
}

void write_built_ins(const File& file, const Service& service, Printer& out) {
  const auto names = names_of(file, service);
  out.Print(names,
            "// $path$:$line$\n"
            "const ::corbel::stub::InterfaceType& $service$::$servant$::corbel_interface() const "
            "noexcept {\n"
            "  return ::corbel::Type<$service$>::interface_type();\n"
            "}\n"
            "void* $service$::$servant$::corbel_cast(const ::corbel::stub::InterfaceType& wanted) "
            "noexcept {\n"
            "  return ::corbel::stub::cast_servant<$service$>(*this, wanted);\n"
            "}\n");
  if (service.methods.empty()) {
    out.Print(
        names,
        "bool $service$::$servant$::corbel_dispatch(std::string_view, ::corbel::stub::Upcall&) {\n"
        "  return false;\n"
        "}\n\n");
    return;
  }
  out.Print(names,
            "bool $service$::$servant$::corbel_dispatch(std::string_view operation,\n"
            "                                           ::corbel::stub::Upcall& upcall) {\n"
            "  return ::corbel::stub::dispatch($service$_operations, *this, operation, upcall);\n"
            "}\n\n");
}

}  // namespace

void write_source(const File& file, Printer& out) {
  out.Print(
      "// Generated by protoc-gen-corbel from $path$. Do not edit.\n"
      "#include \"$stem$.corbel.hpp\"\n\n",
      "path", file.path, "stem", file.stem);
  if (file.services.empty()) return;
  out.Print(
      "#include <corbel/stub/proxy_base.hpp>\n"
      "#include <corbel/stub/skeleton.hpp>\n\n");
  open_namespaces(file, out);
  out.Print("namespace {\n\n");
  write_exceptions(file, out);
  for (const Service& service : file.services) write_operations(file, service, out);
  out.Print("\n}  // namespace\n\n");
  for (const Service& service : file.services) {
    define_proxy(file, service, out);
    define_servant(file, service, out);
    write_dispatch(file, service, out);
    write_built_ins(file, service, out);
  }
  close_namespaces(file, out);
}

}  // namespace corbel::protoc
