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

#if defined(__has_feature)
#define CORBEL_TEST_FEATURE(x) __has_feature(x)
#else
#define CORBEL_TEST_FEATURE(x) 0
#endif

/// How far from its deadline a wait may end. A sanitizer makes all that is done in it many times
/// slower: there it only has to end.
#if CORBEL_TEST_FEATURE(thread_sanitizer) || CORBEL_TEST_FEATURE(address_sanitizer)
inline constexpr std::chrono::milliseconds kOnTime{5000};
#else
inline constexpr std::chrono::milliseconds kOnTime{50};
#endif

/// How far from `wanted` the best of a few tries ends. A busy machine makes a wait longer by
/// chance, so the best one shows what the code does.
template <class Work>
std::chrono::milliseconds best_distance(std::chrono::milliseconds wanted, const Work& work) {
  auto best = std::chrono::milliseconds::max();
  for (int i = 0; i < 5 && best > kOnTime; ++i) {
    const auto distance = std::chrono::abs(time_of(work) - wanted);
    if (distance < best) best = distance;
  }
  return best;
}

}  // namespace corbel::test
