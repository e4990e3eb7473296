#pragma once

#include "tango_type.hpp"

#include <tango_configs.idl.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A failure as TANGO tells it.
Tango::DevFailed dev_failed(const std::string& reason, const std::string& description,
                            const std::string& origin);
std::string in_small_letters(std::string_view text);
Tango::TimeVal tango_now();

/// One attribute of a served device.
class TangoAttribute {
 public:
  explicit TangoAttribute(Tango::AttributeConfig_3 initial) : config(std::move(initial)) {}
  virtual ~TangoAttribute() = default;
  TangoAttribute(const TangoAttribute&) = delete;
  TangoAttribute& operator=(const TangoAttribute&) = delete;

  /// What is read, then what was last written, one sequence. Throws DevFailed.
  virtual Tango::AttributeValue_3 read() = 0;
  /// Takes a sequence, of one element for a scalar. Throws DevFailed.
  virtual void write(const corbel::Any& value) = 0;

  Tango::AttributeConfig_3 config;

 protected:
  Tango::AttributeDim dimensions(std::size_t count) const;
  void check_writable(std::size_t count) const;
};

/// What the configuration of an attribute of T says when nobody said more.
Tango::AttributeConfig_3 plain_config(const std::string& name, std::int32_t data_type,
                                      Tango::AttrWriteType writable);

/// Copies what all versions of a configuration have in common.
template <class From, class To>
void copy_common_part(const From& from, To& to) {
  to.name = from.name;
  to.writable = from.writable;
  to.data_format = from.data_format;
  to.data_type = from.data_type;
  to.max_dim_x = from.max_dim_x;
  to.max_dim_y = from.max_dim_y;
  to.description = from.description;
  to.label = from.label;
  to.unit = from.unit;
  to.standard_unit = from.standard_unit;
  to.display_unit = from.display_unit;
  to.format = from.format;
  to.min_value = from.min_value;
  to.max_value = from.max_value;
  to.writable_attr_name = from.writable_attr_name;
  to.extensions = from.extensions;
}

/// An attribute that `read` computes.
template <class T>
class ComputedAttribute final : public TangoAttribute {
 public:
  ComputedAttribute(Tango::AttributeConfig_3 initial, std::function<std::vector<T>()> read)
      : TangoAttribute(std::move(initial)), read_(std::move(read)) {}

  Tango::AttributeValue_3 read() override {
    const std::vector<T> values = read_();
    return {tango_any(values),
            Tango::AttrQuality::ATTR_VALID,
            tango_now(),
            config.name,
            dimensions(values.size()),
            {},
            {}};
  }
  void write(const corbel::Any&) override { check_writable(0); }

 private:
  std::function<std::vector<T>()> read_;
};

/// An attribute that gives back what was written.
template <class T>
class KeptAttribute final : public TangoAttribute {
 public:
  KeptAttribute(Tango::AttributeConfig_3 initial, std::vector<T> values)
      : TangoAttribute(std::move(initial)), values_(std::move(values)) {}

  Tango::AttributeValue_3 read() override {
    std::vector<T> both = values_;
    both.insert(both.end(), written_.begin(), written_.end());
    return {tango_any(both),
            Tango::AttrQuality::ATTR_VALID,
            tango_now(),
            config.name,
            dimensions(values_.size()),
            dimensions(written_.size()),
            {}};
  }
  void write(const corbel::Any& value) override {
    auto values = value.get_if<std::vector<T>>();
    if (!values) {
      throw dev_failed("API_IncompatibleAttrDataType",
                       "Attribute " + config.name + " does not take " + value.type().to_string(),
                       "KeptAttribute::write");
    }
    check_writable(values->size());
    values_ = *values;
    written_ = *std::move(values);
  }

 private:
  std::vector<T> values_;
  std::vector<T> written_{T{}};
};
