#include <corbel/exceptions.hpp>
#include <corbel/local_object.hpp>

namespace corbel::stub {

void throw_local(std::string_view repository_id) {
  throw Marshal("a local object (" + std::string(repository_id) + ") cannot leave its process");
}

}  // namespace corbel::stub
