#pragma once

#include <corbel/any.hpp>
#include <corbel/stub/value.hpp>

#include <cstdint>
#include <memory>
#include <string>

/// Valuetypes as the IDL compiler would write them:
///
///   valuetype Node { public long id; public Node left; public Node right; };
///   valuetype Base { public long a; };
///   valuetype Derived : truncatable Base { public double b; public Base c; };
///   valuetype Cell { public long content; public Cell next; };
///   valuetype Text { public string text; public long number; };
///   valuetype Label string;
///   valuetype Holder : truncatable Base { public any content; public long last; };
///   valuetype Task { public long id; void run(); };
namespace corbel::testing {

class Node : public virtual ValueBase {
 public:
  Node() = default;
  explicit Node(std::int32_t id_value) : id(id_value) { ++alive; }
  ~Node() override;

  std::int32_t id{};
  std::shared_ptr<Node> left{};
  std::shared_ptr<Node> right{};

  static inline int alive = 0;  ///< those made with an id, and by decoders

  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
  void corbel_release(stub::ValueRelease& release) override;
};

class Base : public virtual ValueBase {
 public:
  std::int32_t a{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

class Derived : public virtual Base {
 public:
  double b{};
  std::shared_ptr<Base> c{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

class Cell : public virtual ValueBase {
 public:
  ~Cell() override;
  std::int32_t content{};
  std::shared_ptr<Cell> next{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
  void corbel_release(stub::ValueRelease& release) override;
};

class Text : public virtual ValueBase {
 public:
  std::string text{};
  std::int32_t number{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

class Label : public virtual ValueBase {
 public:
  std::string value{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

class Holder : public virtual Base {
 public:
  Any content{};
  std::int32_t last{};
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

class Task : public virtual ValueBase {
 public:
  std::int32_t id{};
  virtual void run() = 0;
  const stub::ValueType& corbel_type() const noexcept override;

 protected:
  void corbel_encode(cdr::Encoder& encoder) const override;
  void corbel_decode(cdr::Decoder& decoder) override;
};

}  // namespace corbel::testing

namespace corbel {

#define CORBEL_SAMPLE_VALUE(name, truncatable, ...)                        \
  template <>                                                              \
  struct Type<testing::name> {                                             \
    static constexpr std::string_view kRepositoryId = "IDL:" #name ":1.0"; \
    static constexpr bool kTruncatable = truncatable;                      \
    using Bases = stub::ValueList<__VA_ARGS__>;                            \
    static stub::ValueType::Types known_values();                          \
    static TypeCode type_code();                                           \
  }
CORBEL_SAMPLE_VALUE(Node, false, );
CORBEL_SAMPLE_VALUE(Base, false, );
CORBEL_SAMPLE_VALUE(Derived, true, testing::Base);
CORBEL_SAMPLE_VALUE(Cell, false, );
CORBEL_SAMPLE_VALUE(Text, false, );
CORBEL_SAMPLE_VALUE(Label, false, );
CORBEL_SAMPLE_VALUE(Holder, true, testing::Base);
CORBEL_SAMPLE_VALUE(Task, false, );
#undef CORBEL_SAMPLE_VALUE

}  // namespace corbel
