#pragma once

#include <chrono>
#include <cstdlib>

namespace corbel::test {

/// How long `work` takes.
template <class Work>
std::chrono::milliseconds time_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

/// How far from `wanted` the best of a few tries ends. A busy machine makes a wait longer by
/// chance, so the best one shows what the code does.
template <class Work>
std::chrono::milliseconds best_distance(std::chrono::milliseconds wanted, const Work& work) {
  auto best = std::chrono::milliseconds::max();
  for (int i = 0; i < 5 && best > std::chrono::milliseconds(50); ++i) {
    const auto distance = std::chrono::abs(time_of(work) - wanted);
    if (distance < best) best = distance;
  }
  return best;
}

}  // namespace corbel::test
