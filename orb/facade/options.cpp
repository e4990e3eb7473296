#include <orb/facade/options.hpp>

#include <charconv>
#include <cstdlib>
#include <string>
#include <utility>

namespace corbel::facade {

namespace {

constexpr std::string_view kPrefix = "--corbel-";

std::uint16_t parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw BadParam("--corbel-port: \"" + std::string(text) +
                   "\" is not a port number (0 to 65535)");
  }
  return port;
}

bool parse_yes(std::string_view name, std::string_view text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  throw BadParam("--corbel-" + std::string(name) + ": \"" + std::string(text) +
                 "\" is neither yes nor no");
}

Bidirectional parse_bidirectional(std::string_view text) {
  if (text == "off") return Bidirectional::off;
  if (text == "offer") return Bidirectional::offer;
  if (text == "accept") return Bidirectional::accept;
  if (text == "both") return Bidirectional::both;
  throw BadParam("--corbel-bidirectional: \"" + std::string(text) +
                 "\" is not off, offer, accept or both");
}

std::size_t parse_size(std::string_view option, std::string_view text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw BadParam(std::string(option) + ": \"" + std::string(text) +
                   "\" is not a number of octets");
  }
  return size;
}

void set_option(std::string_view name, std::string_view value, OrbOptions& options) {
  if (name == "host") {
    options.host = value;
  } else if (name == "port") {
    options.port = parse_port(value);
  } else if (name == "advertise") {
    options.advertise = value;
  } else if (name == "listen") {
    options.listen = parse_yes(name, value);
  } else if (name == "bidirectional") {
    options.bidirectional = parse_bidirectional(value);
  } else if (name == "trust-listen-points") {
    options.trust_listen_points = parse_yes(name, value);
  } else if (name == "data-directory") {
    options.data_directory = std::string(value);
  } else if (name == "fragment-size") {
    options.fragment_size = checked_fragment_size(parse_size("--corbel-fragment-size", value));
  } else if (name == "init-ref") {
    const auto equals = value.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      throw BadParam("--corbel-init-ref: \"" + std::string(value) + "\" is not NAME=REFERENCE");
    }
    options.initial_references[std::string(value.substr(0, equals))] = value.substr(equals + 1);
  } else {
    throw BadParam("unknown option --corbel-" + std::string(name) +
                   "; there are --corbel-host, -port, -advertise, -listen, -bidirectional, "
                   "-trust-listen-points, -data-directory, -fragment-size and -init-ref");
  }
}

// A wrong one should be noticed now, not when it is used for the first time.
void check_initial_references(const OrbOptions& options) {
  for (const auto& [name, text] : options.initial_references) {
    try {
      ObjectRef::parse(text);
    } catch (const SystemException& failure) {
      throw BadParam("the initial reference \"" + name + "\": " + std::string(failure.message()));
    }
  }
}

}  // namespace

std::size_t checked_fragment_size(std::size_t size) {
  // Smaller ones are refused by peers that, like us, bound the number of fragments by their
  // average.
  constexpr std::size_t kSmallest = 2048;
  if (size == 0 || size >= kSmallest) return size;
  throw BadParam("a fragment size of " + std::to_string(size) +
                 " octets; 0 (messages are sent whole) or at least " + std::to_string(kSmallest) +
                 " was expected");
}

void add_initial_references(std::string_view text, OrbOptions& options) {
  std::string* last = nullptr;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto entry = text.substr(0, comma);
    const auto equals = entry.find('=');
    if (equals != std::string_view::npos && equals != 0) {
      last = &options.initial_references[std::string(entry.substr(0, equals))];
      *last = entry.substr(equals + 1);
    } else if (last != nullptr) {
      last->append(",").append(entry);
    } else {
      throw BadParam("CORBEL_INIT_REF: \"" + std::string(entry) + "\" is not NAME=REFERENCE");
    }
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
}

OrbOptions read_options(int& argc, char** argv, OrbOptions options) {
  if (const char* references = std::getenv("CORBEL_INIT_REF"))
    add_initial_references(references, options);
  if (const char* size = std::getenv("CORBEL_FRAGMENT_SIZE")) {
    options.fragment_size = checked_fragment_size(parse_size("CORBEL_FRAGMENT_SIZE", size));
  }
  int kept = argc > 0 ? 1 : 0;
  for (int i = kept; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kPrefix)) {
      argv[kept++] = argv[i];
      continue;
    }
    const auto option = argument.substr(kPrefix.size());
    const auto equals = option.find('=');
    if (equals != std::string_view::npos) {
      set_option(option.substr(0, equals), option.substr(equals + 1), options);
    } else if (i + 1 < argc) {
      set_option(option, argv[++i], options);
    } else {
      throw BadParam(std::string(argument) + " needs a value");
    }
  }
  argc = kept;
  argv[kept] = nullptr;
  check_initial_references(options);
  return options;
}

}  // namespace corbel::facade
