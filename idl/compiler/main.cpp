// corbel-idl: compiles OMG IDL to C++.
#include <CLI/CLI.hpp>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "idl/compiler/compile.hpp"
#include "idl/compiler/dependency_file.hpp"
#include "idl/compiler/emit/emit.hpp"
#include "idl/compiler/emit/unsupported.hpp"
#include "idl/compiler/header_clash.hpp"
#include "idl/compiler/output_writer.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace {

using namespace corbel::idl;
namespace fs = std::filesystem;

struct CommandLine {
  Options options;
  std::vector<std::string> macros;
  std::string output_directory;
  std::string dependency_file;
  bool check_only = false;
  std::vector<std::string> files;
};

void declare(CLI::App& app, CommandLine& line) {
  app.add_option("-I,--include", line.options.include_directories,
                 "Search DIR for included files (repeatable, in this order)")
      ->type_name("DIR")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("-D,--define", line.macros, "Define a macro for the preprocessor (repeatable)")
      ->type_name("NAME[=VALUE]")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("-o,--output", line.output_directory,
                 "Write x.idl.hpp and x.idl.cpp for each x.idl into DIR")
      ->type_name("DIR");
  app.add_option("--depfile", line.dependency_file,
                 "Also write a make rule into FILE: which files the output was made from")
      ->type_name("FILE");
  app.add_flag("--check", line.check_only, "Only look for errors; write nothing");
  app.add_option("FILE", line.files, "IDL files")->required()->type_name("FILE...");
  app.set_version_flag("--version", std::string("corbel-idl ") + CORBEL_VERSION);
  app.footer(
      "Standard files such as <orb.idl> and <CosNaming.idl> are found without -I.\n"
      "Exit status: 0 if all files are correct, 1 if not (nothing is written then), 2 for a wrong\n"
      "command line.");
}

void split_macros(CommandLine& line) {
  for (const std::string& macro : line.macros) {
    const std::size_t equals = macro.find('=');
    MacroDefinition definition{macro.substr(0, equals), "1"};
    if (equals != std::string::npos) definition.value = macro.substr(equals + 1);
    line.options.macros.push_back(std::move(definition));
  }
}

// Appends the output of one file; reports what is wrong with it.
bool compile_file(const CommandLine& line, const std::string& path, std::vector<OutputFile>& output,
                  std::set<std::string>& inputs) {
  Diagnostics diagnostics;
  const auto checked = compile(line.options, path, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) std::cerr << diagnostic;
  if (diagnostics.is_full()) std::cerr << path << ": error: too many errors; giving up\n";
  if (!checked) return false;
  for (const auto& file : checked->files) inputs.insert(file->path);
  if (line.check_only) return true;
  const auto clashes = header_clashes(*checked);
  for (const auto& [where, message] : clashes) std::cerr << late_error(where, message);
  if (!clashes.empty()) return false;
  try {
    for (OutputFile& file : emit_cpp(*checked, {CORBEL_VERSION})) output.push_back(std::move(file));
  } catch (const NotMapped& unmapped) {
    for (const auto& [where, message] : unmapped.refusals())
      std::cerr << late_error(where, message);
    return false;
  }
  return true;
}

// A file that is named twice, perhaps by different paths to its folder, counts once.
std::vector<std::string> without_repetitions(const std::vector<std::string>& files) {
  std::set<fs::path> seen;
  std::vector<std::string> once;
  for (const std::string& file : files) {
    std::error_code failure;
    const fs::path folder = fs::weakly_canonical(fs::absolute(file).parent_path(), failure);
    if (seen.insert(folder / fs::path(file).filename()).second) once.push_back(file);
  }
  return once;
}

// Two inputs of the same name in different folders would overwrite each other's output.
bool names_are_unique(const std::vector<std::string>& files) {
  std::map<fs::path, std::string> seen;
  for (const std::string& file : files) {
    const auto [first, is_new] = seen.emplace(fs::path(file).filename(), file);
    if (is_new) continue;
    std::cerr << "corbel-idl: error: both " << first->second << " and " << file
              << " would be compiled to " << first->first.string()
              << ".hpp; compile them into different folders\n";
    return false;
  }
  return true;
}

// The same files with their places, and with the rule that make reads.
std::vector<OutputFile> placed(const CommandLine& line, const std::vector<OutputFile>& output,
                               const std::set<std::string>& inputs) {
  std::vector<OutputFile> files;
  for (const OutputFile& file : output) {
    files.push_back({(fs::path(line.output_directory) / file.name).string(), file.content});
  }
  if (!line.dependency_file.empty()) {
    files.push_back({line.dependency_file, dependency_rule(line.output_directory, output, inputs)});
  }
  return files;
}

int run(const CommandLine& line) {
  bool all_correct = true;
  std::vector<OutputFile> output;
  std::set<std::string> inputs;
  const auto files = without_repetitions(line.files);
  for (const std::string& path : files) {
    all_correct = compile_file(line, path, output, inputs) && all_correct;
  }
  if (!all_correct) return 1;
  if (line.check_only) return 0;
  if (!names_are_unique(files)) return 1;
  std::string problem;
  if (write_files(placed(line, output, inputs), problem)) return 0;
  std::cerr << "corbel-idl: error: " << problem << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Compiles OMG IDL to C++ for Corbel.", "corbel-idl"};
  CommandLine line;
  declare(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (line.output_directory.empty() && !line.check_only) {
    std::cerr << "corbel-idl: error: expected -o DIR or --check\n";
    return 2;
  }
  split_macros(line);
  try {
    return run(line);
  } catch (const std::exception& failure) {
    std::cerr << "corbel-idl: error: " << failure.what() << '\n';
    return 1;
  }
}
