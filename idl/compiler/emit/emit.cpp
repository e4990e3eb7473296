#include "idl/compiler/emit/emit.hpp"

#include <stdexcept>

namespace corbel::idl {

std::vector<OutputFile> emit_cpp(const CheckedFile& file, const EmitOptions&) {
  throw std::runtime_error("no generator is built in; " + file.main_file().path +
                           " can only be checked (--check)");
}

}  // namespace corbel::idl
