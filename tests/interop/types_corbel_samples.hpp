#pragma once

#include <types.idl.hpp>

#include <cstdint>
#include <string>

/// What Types::sample, text and wide_text give; types_omni_samples.hpp has the same for omniORB.
interop::Basics sample_basics(std::int32_t seed);
interop::Tree sample_tree(std::int32_t seed);
interop::Points sample_points(std::int32_t count);
interop::Octets sample_octets(std::size_t size);
interop::Everything sample_everything(std::int32_t seed);
std::string sample_text(std::int32_t which);
std::u16string sample_wide_text(std::int32_t which);
