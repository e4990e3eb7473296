#!/usr/bin/env bash
# Format and static analysis.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/lint.sh [--fix] [--tidy [BASE]]

Checks that every source file is formatted as .clang-format says.
  --fix          formats them instead
  --tidy [BASE]  also runs clang-tidy on the .cpp files changed since BASE (all: HEAD's whole tree)
END
}

fix=no
tidy=
while [ $# -gt 0 ]; do
  case "$1" in
    --fix) fix=yes ;;
    --tidy) tidy=${2:-all}; [ $# -lt 2 ] || shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
cd "$root"

# Golden files are what the compiler writes, not what we write.
mapfile -t sources < <(git ls-files '*.cpp' '*.hpp' | grep -v '^tests/golden/.*expected')
if [ $fix = yes ]; then
  clang-format-16 -i "${sources[@]}"
else
  clang-format-16 --dry-run -Werror "${sources[@]}"
fi

if [ -n "$tidy" ]; then
  build=${CORBEL_BUILD_DIR:-$root/build}/clang
  [ -f "$build/compile_commands.json" ] || cmake --preset clang -B "$build" >/dev/null
  # Generated headers have to be there.
  cmake --build "$build" >/dev/null
  if [ "$tidy" = all ]; then
    mapfile -t changed < <(git ls-files '*.cpp')
  else
    mapfile -t changed < <(git diff --name-only --diff-filter=d "$tidy" -- '*.cpp')
  fi
  printf '%s\n' "${changed[@]}" | xargs -r -P "$(nproc)" -n 1 clang-tidy-16 --quiet -p "$build"
fi
