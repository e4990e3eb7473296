#include <google/protobuf/compiler/code_generator.h>
#include <google/protobuf/compiler/plugin.h>
#include <google/protobuf/io/zero_copy_stream.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "idl/protoc/writers.hpp"

namespace {

namespace pb = google::protobuf;

/// protoc's plugin: x.proto -> x.corbel.hpp and x.corbel.cpp. All errors of a file are reported
/// together, and then nothing is written.
class CorbelGenerator : public pb::compiler::CodeGenerator {
 public:
  bool Generate(const pb::FileDescriptor* file, const std::string& parameter,
                pb::compiler::GeneratorContext* context, std::string* error) const override {
    if (!parameter.empty()) {
      *error = "protoc-gen-corbel takes no parameters, but got '" + parameter + "'";
      return false;
    }
    std::vector<std::string> errors;
    const auto described = corbel::protoc::describe(*file, errors);
    if (!errors.empty()) {
      for (const std::string& line : errors) *error += (error->empty() ? "" : "\n") + line;
      return false;
    }
    write(described, described.stem + ".corbel.hpp", corbel::protoc::write_header, *context);
    write(described, described.stem + ".corbel.cpp", corbel::protoc::write_source, *context);
    return true;
  }

  std::uint64_t GetSupportedFeatures() const override { return FEATURE_PROTO3_OPTIONAL; }

 private:
  static void write(const corbel::protoc::File& file, const std::string& path,
                    void (*writer)(const corbel::protoc::File&, pb::io::Printer&),
                    pb::compiler::GeneratorContext& context) {
    const std::unique_ptr<pb::io::ZeroCopyOutputStream> stream(context.Open(path));
    pb::io::Printer printer(stream.get(), '$');
    writer(file, printer);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const CorbelGenerator generator;
  return pb::compiler::PluginMain(argc, argv, &generator);
}
