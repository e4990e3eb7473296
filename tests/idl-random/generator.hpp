#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/idl-random/chance.hpp"

namespace corbel::idl::random {

/// The name that an identifier stands for: without the escaping underscore.
inline std::string plain(const std::string& name) { return name[0] == '_' ? name.substr(1) : name; }

/// Writes a random IDL file that is correct, of the constructs that OMG IDL 3 and omniidl share.
class Generator {
 public:
  explicit Generator(Chance& chance) : chance_(chance) {}

  std::string file();

 private:
  enum class Kind {
    kAlias,
    kStruct,
    kUnion,
    kEnum,
    kInterface,
    kAbstractInterface,
    kLocalInterface,
    kValue,
    kAbstractValue,
    kCustomValue,
    kBox,
    kException,
    kNumber,
  };
  /// Something that was declared and can be named.
  struct Known {
    Kind kind;
    /// "::M::T".
    std::string path;
    bool is_local = false;
    /// Of an enum.
    std::vector<std::string> enumerators = {};
    /// Of a valuetype: it supports an interface that is not abstract, itself or through a base.
    bool has_interface = false;
    /// Of an interface and a valuetype: what it inherits from, directly or not.
    std::vector<std::string> ancestors = {};
  };
  using Choice = std::function<bool(const Known&)>;

  // generator.cpp
  void definitions(int depth, std::size_t count);
  void definition(int depth);
  void module(int depth);
  void pragma(const std::string& name);
  void type_definition();
  void constant();
  void alias();
  void enumeration();
  void structure();
  void exception();
  void union_definition();
  /// Perhaps announces the struct, and an alias of its sequence, whose name it returns.
  std::string announce(const char* keyword, const std::string& name);
  void declare(Known known) { known_.push_back(std::move(known)); }

  // generator_interfaces.cpp
  void interface();
  static void inherit(Known& made, const Known& base);
  void interface_body(bool is_local);
  void operation(bool is_local);
  void value();
  void value_body(bool is_abstract);
  std::string value_bases(Known& made);
  std::string supports(Known& made);
  void box();
  std::string parameters(bool in_only, bool is_local);
  std::string raises();

  // generator_types.cpp
  std::string fresh(const char* prefix);
  std::string here(const std::string& name) const { return scope_ + "::" + name; }
  void line(const std::string& text);
  const Known* any(const Choice& wanted);
  /// A spelling of the name, as it can be used in the current scope.
  std::string reference(const Known& known);
  std::string simple_type();
  /// A type with a name or without parameters; `local` if it may be local.
  std::string named_type(bool& is_local);
  std::string member_type(bool& is_local, int depth = 0);
  std::string parameter_type(bool may_be_local);
  std::string number(int depth = 0);
  std::string small_number();
  std::string array_part();
  struct Discriminator {
    std::string type;
    std::vector<std::string> labels;
    /// The labels are all values that there are.
    bool is_whole = false;
  };
  Discriminator discriminator();

  Chance& chance_;
  std::string text_;
  std::string scope_;
  int indent_ = 0;
  int serial_ = 0;
  std::vector<Known> known_;
  std::vector<std::string> modules_;
  /// What the interface or valuetype around inherits from.
  std::vector<std::string> inherited_;
};

}  // namespace corbel::idl::random
