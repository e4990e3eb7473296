#!/usr/bin/env bash
# Usage: check_headers.sh COMPILER [FOLDER]
# Every public header compiles alone, with warnings as errors, and (asio.hpp excepted) does not bring
# in Asio, spdlog or protobuf by any way round.
set -euo pipefail
compiler=$1
cd "${2:-"$(dirname "${BASH_SOURCE[0]}")/../.."}"
work=$(mktemp -d "${TMPDIR:-/tmp}/corbel.XXXXXX")
trap 'rm -rf "$work"' EXIT

check() {
  local header=$1 name=${1//\//_}
  echo "#include <$header>" >"$work/$name.cpp"
  if ! "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -Iinclude \
    -fsyntax-only -MD -MF "$work/$name.d" "$work/$name.cpp" >"$work/$name.log" 2>&1; then
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
export -f check
export compiler work
printf '%s\n' "${headers[@]}" | xargs -P 2 -I{} bash -c 'check {}' || exit 1
echo "${#headers[@]} public headers compile alone with $compiler"
