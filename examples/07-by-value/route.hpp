#pragma once

#include <boost/serialization/access.hpp>
#include <boost/serialization/version.hpp>

#include <memory>
#include <string>
#include <vector>

/// Classes of an application, with nothing of Corbel in them.
namespace trips {

class Leg {
 public:
  virtual ~Leg() = default;
  virtual std::string text() const = 0;
  virtual double hours() const = 0;
};

class Walk final : public Leg {
 public:
  Walk() = default;
  explicit Walk(double kilometres) : kilometres_(kilometres) {}
  std::string text() const override { return "walk"; }
  double hours() const override { return kilometres_ / 5; }

 private:
  friend class boost::serialization::access;
  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& kilometres_;
  }
  double kilometres_ = 0;
};

class Train final : public Leg {
 public:
  Train() = default;
  Train(std::string line, double hours) : line_(std::move(line)), hours_(hours) {}
  std::string text() const override { return "train " + line_; }
  double hours() const override { return hours_; }

 private:
  friend class boost::serialization::access;
  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& line_& hours_;
  }
  std::string line_;
  double hours_ = 0;
};

struct Route {
  std::vector<std::shared_ptr<Leg>> legs;

  double hours() const {
    double sum = 0;
    for (const auto& leg : legs) sum += leg->hours();
    return sum;
  }
  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& legs;
  }
};

}  // namespace trips
