#pragma once

#include <CosNaming.idl.hpp>

#include <string>
#include <string_view>

/// The standard exceptions of CosNaming with a text for people: catch them as what they are,
/// CosNaming::NamingContext::NotFound and so on, and print what().
namespace corbel::services {

/// "NotFound: nothing is bound at "alice" (looking up "bank/alice")".
class NameNotFound : public CosNaming::NamingContext::NotFound {
 public:
  NameNotFound(const CosNaming::NamingContext::NotFound& failure, std::string_view name);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

class NameNotFollowed : public CosNaming::NamingContext::CannotProceed {
 public:
  NameNotFollowed(const CosNaming::NamingContext::CannotProceed& failure, std::string_view name);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

class NameTaken : public CosNaming::NamingContext::AlreadyBound {
 public:
  NameTaken(const CosNaming::NamingContext::AlreadyBound& failure, std::string_view name);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

class InvalidNameText : public CosNaming::NamingContext::InvalidName {
 public:
  explicit InvalidNameText(std::string_view complaint);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace corbel::services
