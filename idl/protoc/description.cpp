#include "idl/protoc/description.hpp"

#include <algorithm>
#include <set>

#include <corbel/options.pb.h>
#include <google/protobuf/compiler/cpp/names.h>

#include "idl/compiler/emit/reserved_words.hpp"

namespace corbel::protoc {

namespace {

namespace pb = google::protobuf;

std::string as_identifier(std::string name) {
  if (idl::is_reserved_word(name)) name += '_';
  return name;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text + separator) {
    if (c != separator) {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(std::move(part));
      part.clear();
    }
  }
  return parts;
}

std::string repository_id(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return "IDL:" + name + ":1.0";
}

/// The comment in front of a definition, a line each, without what would end a line comment early.
std::vector<std::string> comment_of(const pb::SourceLocation& location) {
  auto lines = split(location.leading_comments, '\n');
  for (std::string& line : lines) {
    const auto begin = line.find_first_not_of(" \t*");
    line.erase(0, std::min(begin, line.size()));
    const auto end = line.find_last_not_of(" \t\r\\");
    line.erase(end == std::string::npos ? 0 : end + 1);
  }
  std::erase(lines, std::string());
  return lines;
}

class Describer {
 public:
  Describer(const pb::FileDescriptor& file, std::vector<std::string>& errors)
      : file_(file), errors_(errors) {}

  File describe() {
    File result;
    result.path = file_.name();
    result.stem = result.path.substr(0, result.path.rfind(".proto"));
    for (const std::string& part : split(file_.package(), '.')) {
      result.namespaces.push_back(as_identifier(part));
    }
    if (file_.service_count() > 0) check_file();
    for (int i = 0; i < file_.service_count(); ++i) {
      result.services.push_back(service(*file_.service(i), result.namespaces));
    }
    return result;
  }

 private:
  template <class Descriptor>
  void refuse(const Descriptor& at, const std::string& what) {
    pb::SourceLocation location;
    std::string place = file_.name();
    if (at.GetSourceLocation(&location)) {
      place += ':' + std::to_string(location.start_line + 1) + ':' +
               std::to_string(location.start_column + 1);
    }
    errors_.push_back(place + ": " + what);
  }

  void check_file() {
    if (file_.options().cc_generic_services()) {
      errors_.push_back(file_.name() +
                        ": option cc_generic_services makes protoc generate classes of the same "
                        "names as the services: remove it");
    }
    if (file_.options().optimize_for() == pb::FileOptions::LITE_RUNTIME) {
      errors_.push_back(file_.name() +
                        ": messages of services need the full runtime (errors name the message): "
                        "remove option optimize_for = LITE_RUNTIME");
    }
  }

  Service service(const pb::ServiceDescriptor& descriptor,
                  const std::vector<std::string>& namespaces) {
    Service result;
    result.proto_name = descriptor.full_name();
    result.cpp_name = as_identifier(descriptor.name());
    for (const std::string& part : namespaces) result.qualified += "::" + part;
    result.qualified += "::" + result.cpp_name;
    result.repository_id = repository_id(descriptor.full_name());
    pb::SourceLocation location;
    if (descriptor.GetSourceLocation(&location)) {
      result.line = location.start_line + 1;
      result.documentation = comment_of(location);
    }
    name_members(descriptor, result);
    for (int i = 0; i < descriptor.method_count(); ++i) {
      describe_method(*descriptor.method(i), result.methods[static_cast<std::size_t>(i)]);
    }
    return result;
  }

  /// The names of the .proto come first; what is generated besides gives way to them.
  void name_members(const pb::ServiceDescriptor& descriptor, Service& service) {
    std::set<std::string> used{service.cpp_name};
    const auto unique = [&](std::string name) {
      while (idl::is_reserved_word(name) || !used.insert(name).second) name += '_';
      return name;
    };
    for (int i = 0; i < descriptor.method_count(); ++i) {
      Method& method = service.methods.emplace_back();
      method.proto_name = descriptor.method(i)->name();
      method.cpp_name = unique(method.proto_name);
      method.constant = service.cpp_name + '_' + method.proto_name;
    }
    service.servant = unique("Servant");
    for (Method& method : service.methods) method.async_name = unique("async_" + method.proto_name);
  }

  void describe_method(const pb::MethodDescriptor& descriptor, Method& method) {
    pb::SourceLocation location;
    if (descriptor.GetSourceLocation(&location)) {
      method.line = location.start_line + 1;
      method.documentation = comment_of(location);
    }
    const auto& options = descriptor.options();
    method.oneway = options.GetExtension(oneway);
    method.request = pb::compiler::cpp::QualifiedClassName(descriptor.input_type());
    method.response =
        method.oneway ? "void" : pb::compiler::cpp::QualifiedClassName(descriptor.output_type());
    check_streams(descriptor);
    for (const auto& name : options.GetRepeatedExtension(raises)) {
      add_raised(descriptor, name, method);
    }
    if (!method.oneway) return;
    if (descriptor.output_type()->full_name() != "google.protobuf.Empty") {
      refuse(descriptor, "rpc " + descriptor.name() + " is one-way, so it cannot return " +
                             descriptor.output_type()->full_name() +
                             ": it must return google.protobuf.Empty");
    }
    if (!method.raises.empty()) {
      refuse(descriptor, "rpc " + descriptor.name() + " is one-way, so it cannot throw " +
                             method.raises.front().proto_name);
    }
  }

  void check_streams(const pb::MethodDescriptor& descriptor) {
    const char* instead =
        ": streams are not supported; pass an object to be called back instead (a field of type "
        "corbel.ObjectReference)";
    if (descriptor.client_streaming()) {
      refuse(descriptor, "rpc " + descriptor.name() + " streams its requests" + instead);
    } else if (descriptor.server_streaming()) {
      refuse(descriptor, "rpc " + descriptor.name() + " streams its responses" + instead);
    }
  }

  /// Looks `name` up as protobuf does: in the service's scope, then outward; ".a.B" is absolute.
  const pb::Descriptor* find_message(const pb::MethodDescriptor& method, const std::string& name) {
    const pb::DescriptorPool& pool = *file_.pool();
    if (!name.empty() && name.front() == '.') return pool.FindMessageTypeByName(name.substr(1));
    std::string scope = method.service()->full_name();
    while (true) {
      const std::string candidate = scope.empty() ? name : scope + '.' + name;
      if (const auto* message = pool.FindMessageTypeByName(candidate)) return message;
      if (scope.empty()) return nullptr;
      const auto dot = scope.rfind('.');
      scope.erase(dot == std::string::npos ? 0 : dot);
    }
  }

  void add_raised(const pb::MethodDescriptor& descriptor, const std::string& name, Method& method) {
    const pb::Descriptor* message = find_message(descriptor, name);
    if (message == nullptr) {
      refuse(descriptor, "rpc " + descriptor.name() + " raises '" + name +
                             "', which is no message that this file defines or imports");
      return;
    }
    const auto known = [&](const Raised& other) {
      return other.proto_name == message->full_name();
    };
    if (std::any_of(method.raises.begin(), method.raises.end(), known)) {
      refuse(descriptor, "rpc " + descriptor.name() + " raises '" + name + "' twice");
      return;
    }
    method.raises.push_back({pb::compiler::cpp::QualifiedClassName(message), message->full_name(),
                             repository_id(message->full_name())});
  }

  const pb::FileDescriptor& file_;
  std::vector<std::string>& errors_;
};

}  // namespace

File describe(const pb::FileDescriptor& file, std::vector<std::string>& errors) {
  return Describer(file, errors).describe();
}

}  // namespace corbel::protoc
