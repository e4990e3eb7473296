#pragma once

#include <corbel/exceptions.hpp>
#include <dynamic/json_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::json {

/// Where in a value a walk is: "$.items[3].price".
class Path {
 public:
  void enter(std::string_view name) { steps_.push_back({name, 0}); }
  void enter(std::size_t index) { steps_.push_back({{}, index}); }
  void leave() { steps_.pop_back(); }
  std::size_t depth() const noexcept { return steps_.size(); }

  std::string to_string() const {
    std::string text = "$";
    for (const Step& step : steps_) {
      if (step.name.data() != nullptr)
        text.append(".").append(step.name);
      else
        text += "[" + std::to_string(step.index) + "]";
    }
    return text;
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw BadParam(to_string() + ": " + why);
  }
  [[noreturn]] void refuse(const char* expected, const Value& got) const {
    refuse(std::string("expected ") + expected + ", got " + got.kind());
  }

 private:
  struct Step {
    std::string_view name;  // lives in the type or the text
    std::size_t index;
  };
  std::vector<Step> steps_;
};

}  // namespace corbel::json
