#!/usr/bin/env bash
# Installs what is missing, builds Corbel and runs its tests.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/test.sh [--quick]

Installs missing packages, builds, runs all tests; ends non-zero if anything failed.
  --quick   without the sanitizer and fuzzing stages (daily work)

Stages: dev (g++, all tests), and without --quick also
  asan  unit tests and those of hostile peers under AddressSanitizer (leaks too) and
        UndefinedBehaviorSanitizer (clang++)
  tsan  concurrency and integration tests under ThreadSanitizer (clang++)
  fuzz  every libFuzzer target for CORBEL_FUZZ_SECONDS (30)
Environment: CORBEL_BUILD_DIR (build/), CORBEL_JOBS (number of processors), CORBEL_FUZZ_SECONDS.
END
}

quick=no
for argument in "$@"; do
  case "$argument" in
    --quick) quick=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

builds=${CORBEL_BUILD_DIR:-$root/build}
jobs=${CORBEL_JOBS:-$(nproc)}
logs=$builds/logs
mkdir -p "$logs"

# Objects of another clone count too: paths below these folders are made relative.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}

# Sanitizers' shadow memory collides with strongly randomised mappings of newer kernels.
unrandomized=()
if setarch -R true 2>/dev/null; then
  unrandomized=(setarch -R)
fi
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1

report=()  # one line a stage
passed=0
failed=0
broken=0   # stages that failed other than by failing tests

# stage NAME COMMAND...: runs it, keeps its output, and notes time and outcome.
stage() {
  local name=$1 outcome=ok began=$SECONDS
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$logs/${name// /-}.log" || outcome=FAILED
  report+=("$(printf '  %-12s %6d s  %s' "$name" $((SECONDS - began)) "$outcome$(count "$logs/${name// /-}.log")")")
  echo "== $name: $outcome, $((SECONDS - began)) s"
  [ "$outcome" = ok ]
}

# Reads "98% tests passed, 2 tests failed out of 100" of a ctest run.
ctest_summary() {
  sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of ([0-9]+)$/\1 \2/p' "$1" | tail -n 1
}
count() {
  local bad all
  read -r bad all < <(ctest_summary "$1") || return 0
  echo "  ($((all - bad)) of $all tests passed)"
}
add_up() {
  local bad all
  if read -r bad all < <(ctest_summary "$1"); then
    passed=$((passed + all - bad))
    failed=$((failed + bad))
  fi
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  (cd "$root" && cmake --preset "$preset" -B "$builds/$preset" -DCORBEL_FUZZ_SECONDS="${CORBEL_FUZZ_SECONDS:-30}") &&
    "${prefix[@]}" nice cmake --build "$builds/$preset" -j "$jobs" ${1+--target "$@"}
}

# build_and_test PRESET LABELS TARGET...; no labels: everything.
build_and_test() {
  local preset=$1 labels=$2
  shift 2
  local selection=()
  [ -z "$labels" ] || selection=(-L "$labels")
  if ! stage "build $preset" build "$preset" "$@"; then
    broken=$((broken + 1))
    return
  fi
  if ! stage "test $preset" "${prefix[@]}" ctest --test-dir "$builds/$preset" --output-on-failure \
    --no-tests=error -j "$jobs" "${selection[@]}"; then
    [ -n "$(ctest_summary "$logs/test-$preset.log")" ] || broken=$((broken + 1))
  fi
  add_up "$logs/test-$preset.log"
}

prefix=()
if ! stage "setup" "$root/scripts/setup.sh" --tests; then
  exit 1
fi
build_and_test dev ""
if [ $quick = no ]; then
  prefix=("${unrandomized[@]}")
  build_and_test asan '^(unit|memory)$' tests-unit tests-memory
  build_and_test tsan '^(concurrency|integration)$' tests-concurrency tests-integration
  build_and_test fuzz '^fuzz$' tests-fuzz
fi

echo
echo "Stages ($((SECONDS / 60)) min $((SECONDS % 60)) s in all; output in $logs):"
printf '%s\n' "${report[@]}"
grep -hE '^[[:space:]]*[0-9]+ - .*\((Failed|Timeout|Not Run|SEGFAULT|Subprocess|Child|ILLEGAL|Exit|.*Exception).*\)' "$logs"/test-*.log || true
all=$((passed + failed))
echo
if [ $all -eq 0 ]; then
  echo "0% tests passed: nothing was run"
  exit 1
fi
echo "$((100 * passed / all))% tests passed, $failed tests failed out of $all"
if [ $broken -gt 0 ]; then
  echo "$broken stages did not get as far as testing"
fi
[ $failed -eq 0 ] && [ $broken -eq 0 ]
