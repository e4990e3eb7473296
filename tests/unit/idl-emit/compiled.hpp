#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>

#include "idl/compiler/compile.hpp"

namespace corbel::idl::test {

/// The checked tree of IDL text that must be correct.
inline CheckedFile compiled(const std::string& text) {
  Diagnostics diagnostics;
  auto file = compile_text({}, "test.idl", text, diagnostics);
  if (file) return *std::move(file);
  std::ostringstream messages;
  for (const Diagnostic& diagnostic : diagnostics.all()) messages << diagnostic;
  throw std::invalid_argument(messages.str());
}

}  // namespace corbel::idl::test
