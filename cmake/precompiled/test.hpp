// Precompiled for the tests: what they and the generated code beside them include.
#pragma once

#include "standard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <corbel/any.hpp>
#include <corbel/orb.hpp>
#include <corbel/stub/proxy_base.hpp>
#include <corbel/stub/skeleton.hpp>
