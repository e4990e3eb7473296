#include <cstddef>
#include <cstdint>
#include <string_view>

#include "idl/compiler/compile.hpp"

/// The input is an IDL file: from the preprocessor to the checker, nothing may crash or go on for
/// ever.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  corbel::idl::Diagnostics diagnostics;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  corbel::idl::compile_text({}, "fuzz.idl", text, diagnostics);
  return 0;
}
