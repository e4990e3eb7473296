#include "tango_device.hpp"

#include <algorithm>

using namespace Tango;

void TangoDevice::add_pipe(const std::string& name, DevPipeBlob blob) {
  pipes_.push_back(
      {{name, "No description", name, DispLevel::OPERATOR, PipeWriteType::PIPE_READ_WRITE, {}},
       std::move(blob)});
}

TangoDevice::Pipe& TangoDevice::find_pipe(std::string_view name) {
  const std::string small = in_small_letters(name);
  const auto found = std::find_if(pipes_.begin(), pipes_.end(), [&](const Pipe& pipe) {
    return in_small_letters(pipe.config.name) == small;
  });
  if (found == pipes_.end()) {
    throw dev_failed("API_PipeNotFound", "Pipe " + std::string(name) + " not found",
                     "TangoDevice::find_pipe");
  }
  return *found;
}

PipeConfigList TangoDevice::get_pipe_config_5(const DevVarStringArray& names) {
  note();
  PipeConfigList configs;
  if (names.size() == 1 && names[0].starts_with("All pipes")) {
    for (const auto& pipe : pipes_) configs.push_back(pipe.config);
    return configs;
  }
  for (const auto& name : names) configs.push_back(find_pipe(name).config);
  return configs;
}

void TangoDevice::set_pipe_config_5(const PipeConfigList& new_conf, const ClntIdent&) {
  note();
  for (const auto& wanted : new_conf) {
    PipeConfig& config = find_pipe(wanted.name).config;
    config.label = wanted.label;
    config.description = wanted.description;
  }
}

DevPipeData TangoDevice::read_pipe_5(std::string_view name, const ClntIdent&) {
  note();
  const Pipe& pipe = find_pipe(name);
  return {pipe.config.name, tango_now(), pipe.blob};
}

void TangoDevice::write_pipe_5(const DevPipeData& value, const ClntIdent&) {
  note();
  find_pipe(value.name).blob = value.data_blob;
}

DevPipeData TangoDevice::write_read_pipe_5(const DevPipeData& value, const ClntIdent& caller) {
  write_pipe_5(value, caller);
  return read_pipe_5(value.name, caller);
}
