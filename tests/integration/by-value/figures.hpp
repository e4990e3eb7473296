#pragma once

#include <boost/serialization/base_object.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/nvp.hpp>
#include <boost/serialization/split_member.hpp>
#include <boost/serialization/version.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Classes as their users write them: nothing in them knows of Corbel.
namespace figures {

enum class Color : std::uint16_t { red, green, blue };

/// Plain members of every sort.
struct Sheet {
  std::string title;
  std::wstring wide;
  Color color = Color::red;
  bool glossy = false;
  char initial = ' ';
  long width = 0;
  long double exact = 0;
  std::vector<double> samples;
  std::vector<bool> holes;
  std::vector<std::string> lines;
  std::map<std::string, int> counts;
  int grid[2][2] = {};

  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& title& wide& color& glossy& initial& width& exact& samples& holes& lines;
    archive& BOOST_SERIALIZATION_NVP(counts);
    archive& grid;
  }
  bool operator==(const Sheet& other) const {
    return title == other.title && wide == other.wide && color == other.color &&
           glossy == other.glossy && initial == other.initial && width == other.width &&
           exact == other.exact && samples == other.samples && holes == other.holes &&
           lines == other.lines && counts == other.counts && grid[1][1] == other.grid[1][1];
  }
};

/// A hierarchy.
class Figure {
 public:
  virtual ~Figure() = default;
  virtual double area() const = 0;
  std::string name;

  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& name;
  }
};

class Circle final : public Figure {
 public:
  Circle() = default;
  explicit Circle(double r) : radius(r) { name = "circle"; }
  double area() const override { return 3 * radius * radius; }
  double radius = 0;

  template <class Archive>
  void serialize(Archive& archive, unsigned version) {
    Figure::serialize(archive, version);
    archive& radius;
    if (radius < 0) throw std::invalid_argument("a circle with a negative radius");
  }
};

class Group final : public Figure {
 public:
  double area() const override {
    double sum = 0;
    for (const auto& one : members) sum += one->area();
    return sum;
  }
  std::vector<std::shared_ptr<Figure>> members;
  std::weak_ptr<Figure> around;  // may point back: a cycle

  template <class Archive>
  void serialize(Archive& archive, unsigned version) {
    Figure::serialize(archive, version);
    archive& members& around;
  }
};

/// Not among the classes that the IDL allows.
class Stranger final : public Figure {
 public:
  double area() const override { return 0; }
};

/// A list with one owner for each part, and a class whose second version has a second member.
struct Link {
  int value = 0;
  std::int32_t weight = 1;  // since version 1
  std::unique_ptr<Link> next;

  template <class Archive>
  void save(Archive& archive, unsigned) const {
    archive << value << weight << next;
  }
  template <class Archive>
  void load(Archive& archive, unsigned version) {
    archive >> value;
    if (version >= 1) archive >> weight;
    archive >> next;
  }
  BOOST_SERIALIZATION_SPLIT_MEMBER()
};

}  // namespace figures

BOOST_CLASS_VERSION(figures::Link, 1)
