#pragma once

#include <corbel/orb.hpp>

#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

/// What the programs of the demonstration share: command line, output, errors.
namespace shares {

/// "--name value" options and what is left. Throws std::runtime_error naming a mistake.
class Arguments {
 public:
  Arguments(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
      const std::string_view word = argv[i];
      if (!word.starts_with("--"))
        throw std::runtime_error("unexpected argument " + std::string(word));
      if (i + 1 == argc) throw std::runtime_error(std::string(word) + " needs a value");
      values_.insert_or_assign(std::string(word.substr(2)), argv[++i]);
    }
  }
  std::string required(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw std::runtime_error("--" + name + " is missing");
    return found->second;
  }
  std::string optional(const std::string& name, const std::string& otherwise) const {
    const auto found = values_.find(name);
    return found == values_.end() ? otherwise : found->second;
  }
  double number(const std::string& name, double otherwise) const {
    const auto found = values_.find(name);
    try {
      return found == values_.end() ? otherwise : std::stod(found->second);
    } catch (const std::exception&) {
      throw std::runtime_error("--" + name + ": " + found->second + " is not a number");
    }
  }

 private:
  std::map<std::string, std::string> values_;
};

/// One line, visible at once.
template <class... Parts>
void say(const char* format, Parts... parts) {
  if constexpr (sizeof...(parts) == 0) {
    std::fputs(format, stdout);
  } else {
    std::printf(format, parts...);
  }
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

/// An Orb that finds the naming service named by --naming.
inline corbel::OrbOptions orb_options(const Arguments& arguments) {
  corbel::OrbOptions options;
  options.initial_references["NameService"] = arguments.required("naming");
  return options;
}

/// Runs a program's body; its failures become one line and exit status 1.
template <class Body>
int run(int argc, char** argv, Body body) {
  try {
    return body(Arguments(argc, argv));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}

}  // namespace shares
