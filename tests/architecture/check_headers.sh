#!/usr/bin/env bash
# Usage: check_headers.sh COMPILER alone|together [FOLDER]
# alone: every public header compiles by itself, with warnings as errors, and (asio.hpp excepted)
# does not bring in Asio, spdlog or protobuf by any way round.
# together: all of them in one file, with warnings as errors; what a second compiler adds.
set -euo pipefail
compiler=$1
mode=$2
cd "${3:-"$(dirname "${BASH_SOURCE[0]}")/../.."}"
work=$(mktemp -d "${TMPDIR:-/tmp}/corbel.XXXXXX")
trap 'rm -rf "$work"' EXIT

# compiles NAME: $work/NAME.cpp; messages in NAME.log, what it includes in NAME.d.
compiles() {
  "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -Iinclude \
    -fsyntax-only -MD -MF "$work/$1.d" "$work/$1.cpp" >"$work/$1.log" 2>&1
}

check() {
  local header=$1 name=${1//\//_}
  echo "#include <$header>" >"$work/$name.cpp"
  if ! compiles "$name"; then
    echo "include/$header:1: does not compile alone with $compiler:"
    head -n 20 "$work/$name.log"
    return 1
  fi
  local foreign
  foreign=$(grep -oE '[^ ]*/(boost/asio|spdlog|google/protobuf)/[^ ]*' "$work/$name.d" | head -n 1) || true
  if [ -n "$foreign" ] && [ "$header" != corbel/asio.hpp ]; then
    echo "include/$header:1: brings in $foreign"
    return 1
  fi
}

mapfile -t headers < <(cd include && find corbel -name '*.hpp' | LC_ALL=C sort)
if [ ${#headers[@]} -eq 0 ]; then
  echo "include/corbel:1: no headers found"
  exit 1
fi
if [ "$mode" = together ]; then
  printf '#include <%s>\n' "${headers[@]}" >"$work/all.cpp"
  if ! compiles all; then
    echo "include/corbel:1: the public headers do not compile together with $compiler:"
    head -n 40 "$work/all.log"
    exit 1
  fi
  echo "${#headers[@]} public headers compile together with $compiler"
  exit
fi
export -f check compiles
export compiler work
printf '%s\n' "${headers[@]}" | xargs -P 2 -I{} bash -c 'check {}' || exit 1
echo "${#headers[@]} public headers compile alone with $compiler"
