#!/usr/bin/env bash
# Proves that the checks see what they are for: a good tree passes, each breach fails and is named.
set -euo pipefail
gxx=$1
clangxx=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/corbel.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0

# A small house in which everything is right.
good_tree() {
  rm -rf "$work/tree"
  mkdir -p "$work/tree"/{include/corbel,orb/base,orb/cdr,orb/transport,examples/01-hello,idl/compiler,tools}
  cd "$work/tree"
  cp "$here/../../orb/rooms.txt" orb/
  local room
  for room in base cdr transport; do
    touch "orb/$room/README.md" "orb/$room/CMakeLists.txt"
  done
  printf '#pragma once\n#include <string>\n' >include/corbel/orb.hpp
  printf '#include <boost/asio.hpp>\n' >include/corbel/asio.hpp
  printf '#include <spdlog/spdlog.h>\n#include <orb/base/log.hpp>\n' >orb/base/log.cpp
  printf '#include <orb/base/log.hpp>\n#include <corbel/orb.hpp>\n' >orb/cdr/encoder.cpp
  printf '#include <boost/asio.hpp>\n#include "orb/cdr/encoder.hpp"\n' >orb/transport/tcp.cpp
  printf '#include <hello.idl.hpp>\n#include <corbel/orb.hpp>\n' >examples/01-hello/hello.cpp
}

# breach FILE LINE-OF-CODE EXPECTED-MESSAGE
breach() {
  good_tree
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >>"$1"
  expect_complaint "$here/check_architecture.sh" "$1" "$3"
}

expect_complaint() {
  local output
  if output=$("$1" "$work/tree" 2>&1); then
    echo "FAILED: not noticed: $2 ($3)"
    failures=$((failures + 1))
  elif ! grep -qF "$2:" <<<"$output" || ! grep -qF "$3" <<<"$output"; then
    printf 'FAILED: %s should be told "%s", the check says:\n%s\n' "$2" "$3" "$output"
    failures=$((failures + 1))
  fi
}

expect_good() {
  local output
  if ! output=$("$@" 2>&1); then
    printf 'FAILED: a good tree is refused by %s:\n%s\n' "${1##*/}" "$output"
    failures=$((failures + 1))
  fi
}

good_tree
expect_good "$here/check_architecture.sh" "$work/tree"

breach orb/cdr/decoder.cpp '#include <orb/transport/tcp.hpp>' 'not below it'
breach orb/base/ids.hpp '  #  include "orb/cdr/encoder.hpp"' 'not below it'
breach orb/invocation/invoker.cpp '#include <orb/adapter/active_objects.hpp>' 'not below it'
breach orb/adapter/router.cpp '#include <orb/invocation/invoker.hpp>' 'not below it'
breach orb/cdr/decoder.cpp '#include "../transport/tcp.hpp"' 'name the room'
breach orb/cdr/decoder.cpp '#include <boost/asio/buffer.hpp>' 'Asio lives in orb/transport'
breach orb/cdr/decoder.cpp '#include <spdlog/fmt/fmt.h>' 'spdlog lives in'
breach orb/cdr/decoder.cpp '#include <boost/uuid/uuid.hpp>' 'Boost.Uuid lives in'
breach orb/cellar/wine.cpp '#include <vector>' 'is not in orb/rooms.txt'
breach include/corbel/any.hpp '#include <orb/cdr/any.hpp>' 'only include/corbel'
breach include/corbel/any.hpp '#include <boost/asio/any_io_executor.hpp>' 'Asio lives in'
breach include/corbel/any.hpp '#include <spdlog/spdlog.h>' 'spdlog lives in'
breach include/corbel/any.hpp '#include <google/protobuf/message.h>' 'protobuf must stay'
breach examples/01-hello/hello.cpp '#include <orb/base/log.hpp>' 'only include/corbel'
breach naming-service/tree.cpp '#include <orb/facade/orb_impl.hpp>' 'only include/corbel'
breach event-service/channel.cpp '#include <naming-service/name_tree.hpp>' 'nobody may depend'
breach idl/compiler/main.cpp '#include <corbel/orb.hpp>' 'knows nothing of the broker'
breach tools/long.cpp "$(seq 501)" 'longer than 500 lines'

good_tree
rm orb/cdr/README.md
expect_complaint "$here/check_architecture.sh" orb/cdr/ 'a room without README.md'

alone() { "$here/check_headers.sh" "$gxx" alone "$1"; }
good_tree
rm include/corbel/asio.hpp
expect_good alone "$work/tree"
printf '#pragma once\nstd::string lonely();\n' >include/corbel/lonely.hpp
expect_complaint alone include/corbel/lonely.hpp 'does not compile alone'
good_tree
# Round about: through a header that does not name Asio itself.
printf '#pragma once\n#include "../../hidden.hpp"\n' >include/corbel/innocent.hpp
printf '#include <boost/asio/buffer.hpp>\n' >hidden.hpp
rm include/corbel/asio.hpp
expect_complaint alone include/corbel/innocent.hpp 'brings in'

for compiler in "$gxx" "$clangxx"; do
  together() { "$here/check_headers.sh" "$compiler" together "$1"; }
  good_tree
  rm include/corbel/asio.hpp
  expect_good together "$work/tree"
  printf '#pragma once\ninline int narrow(long x) { return x; }\n' >include/corbel/narrow.hpp
  expect_complaint together include/corbel 'do not compile together'
done

# CMake refuses a link that goes up, and takes one that goes down.
link_rooms() {
  good_tree
  mkdir -p cmake
  cp "$here/../../cmake/CorbelRoom.cmake" cmake/
  printf 'int x;\n' >x.cpp
  cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.25)
project(House LANGUAGES CXX)
include(cmake/CorbelRoom.cmake)
add_library(corbel_warnings INTERFACE)
corbel_room($1 SOURCES x.cpp LINKS corbel_$2)
END
  cmake -S . -B build 2>&1
}
link_rooms cdr base >/dev/null || { echo "FAILED: CMake refuses a link from cdr to base"; failures=$((failures + 1)); }
for pair in "cdr giop" "base cdr" "invocation adapter" "dispatch facade"; do
  # shellcheck disable=SC2086 # two words
  if output=$(link_rooms $pair) || ! grep -q 'must not link' <<<"$output"; then
    echo "FAILED: CMake takes a link from ${pair/ / to }"
    failures=$((failures + 1))
  fi
done

[ $failures -eq 0 ] && echo "every breach is noticed"
