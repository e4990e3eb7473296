#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>
#include <orb/base/assert.hpp>
#include <orb/ior/code_sets.hpp>
#include <orb/ior/reference_data.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The input is the text of a reference; one that begins with a byte order octet (0 or 1) is
/// instead what the digits of an IOR: text say. What is accepted must be the same reference when it
/// is printed and read again.
namespace {

using namespace corbel;

std::string text_of(std::string_view input) {
  if (input.empty() || (input[0] != 0 && input[0] != 1)) return std::string(input);
  static constexpr char kDigits[] = "0123456789aBcDeF";
  std::string text = "IOR:";
  for (const char c : input) {
    text.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    text.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return text;
}

void check(const ObjectRef& ref) {
  CORBEL_ASSERT(ObjectRef::parse(ref.to_string()) == ref, "a reference changed on its way");
  CORBEL_ASSERT(ObjectRef::parse(ref.to_string()).hash() == ref.hash(),
                "equal references, other hash");
  CORBEL_ASSERT(ior::with_type_id(ref, "x") == ref, "the type id counts");
  (void)ref.object_id().to_string();
  for (const ior::IiopProfile& profile : ref.data().iiop) {
    if (profile.code_sets) (void)ior::negotiate_code_sets(*profile.code_sets);
  }
  if (ref.endpoints().empty()) return;
  (void)ref.to_corbaloc();
  const ObjectRef rebuilt = ior::make_reference(ref.type_id(), ref.endpoints(), ref.object_key());
  CORBEL_ASSERT(rebuilt.endpoints() == ref.endpoints(), "addresses changed on their way");
  CORBEL_ASSERT(rebuilt.object_key() == ref.object_key(), "a key changed on its way");
  if (ref.data().has_own_key) {
    CORBEL_ASSERT(ior::encode_object_key(ref.data().own_key) == ref.object_key(), "another key");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = text_of({reinterpret_cast<const char*>(data), size});
  ObjectRef ref;
  try {
    ref = ObjectRef::parse(text);
  } catch (const BadParam&) {
    return 0;  // the only complaint that a text may cause
  }
  check(ref);
  return 0;
}
