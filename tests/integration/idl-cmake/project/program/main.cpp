#include <color.idl.hpp>
#include <extra.idl.hpp>
#include <own.idl.hpp>
#include <shape.idl.hpp>
#include <unit.idl.hpp>

int main() {
  const bool right = shape::corners == 4 && color::most == 7 && unit::meter == 1 &&
                     extra::extra_one == 3 && own::number == 5;
  return right ? 0 : 1;
}
