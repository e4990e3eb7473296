// JSON of a TypeCode, a line's end, JSON of a value of that type: whatever the text says, reading
// it only fails cleanly, and what was read is written and read again without change.
#include <corbel/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  const auto type_text = text.substr(0, end);
  const auto value_text = end == text.npos ? std::string_view() : text.substr(end + 1);
  try {
    const corbel::TypeCode type = corbel::type_code_from_json(type_text);
    if (corbel::type_code_from_json(corbel::to_json(type)) != type) std::abort();
    const corbel::DynamicValue value = corbel::from_json(type, value_text);
    const std::string written = corbel::to_json(value);
    if (corbel::to_json(corbel::from_json(type, written)) != written) std::abort();
    if (corbel::DynamicValue(value.to_any()) != value && written.find("NaN") == written.npos)
      std::abort();
  } catch (const corbel::SystemException&) {
    // What it should do with most texts.
  }
  return 0;
}
