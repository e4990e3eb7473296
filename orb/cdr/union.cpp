#include <corbel/exceptions.hpp>
#include <corbel/stub/union.hpp>

#include <string>

namespace corbel::stub {

void throw_other_branch(const char* branch) {
  throw BadParam(std::string("the union does not hold ") + branch +
                 "; its discriminator() tells which branch it holds");
}

void check_label(bool selects, const char* branch) {
  if (!selects) throw BadParam(std::string("the label does not select the branch of ") + branch);
}

}  // namespace corbel::stub
