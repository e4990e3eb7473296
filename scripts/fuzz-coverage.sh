#!/usr/bin/env bash
# How much of each parser its fuzz target's corpus reaches.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/fuzz-coverage.sh

Builds the fuzz targets with coverage (clang), runs each over its seeds and what fuzzing has added, and
prints the share of lines reached, for each source folder under test (table of docs/testing.md).
END
}
case "${1:-}" in
  "") ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

builds=${CORBEL_BUILD_DIR:-$root/build}
build=$builds/fuzz-coverage
(cd "$root" && cmake --preset fuzz -B "$build" -DCORBEL_COVERAGE=ON >/dev/null)
nice cmake --build "$build" --target tests-fuzz >&2

for target in "$build"/tests/fuzz/fuzz_*; do
  [ -x "$target" ] && [ ! -d "$target" ] || continue
  name=${target##*/fuzz_}
  grown=$builds/fuzz/tests/fuzz/grown/$name
  corpora=("$root/tests/fuzz/corpus/$name")
  [ ! -d "$grown" ] || corpora+=("$grown")
  LLVM_PROFILE_FILE=$build/$name.raw "$target" -runs=0 "${corpora[@]}" >"$build/$name.log" 2>&1 ||
    { cat "$build/$name.log"; exit 1; }
  llvm-profdata-16 merge -o "$build/$name.profile" "$build/$name.raw"
  # "cdr: orb/cdr/decoder*.cpp orb/cdr/typecode_decode.cpp": the parser that the target is for.
  read -r -a patterns < <(sed -n "s/^$name: //p" "$root/tests/fuzz/parsers.txt")
  # shellcheck disable=SC2206 # the patterns are meant to expand
  parsers=(${patterns[@]/#/$root/})
  echo "== $name"
  llvm-cov-16 report "$target" -instr-profile="$build/$name.profile" "${parsers[@]}" |
    awk '/^TOTAL/ { printf "TOTAL lines %s\n", $10 } /\.(cpp|hpp)/ { printf "  %-50s %s\n", $1, $10 }'
done
