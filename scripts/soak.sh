#!/usr/bin/env bash
# The long forms of the tests: hours where scripts/test.sh has seconds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/soak.sh [--minutes N] [fuzz] [repeat] [leak] [stress] [values] [idl]

Runs the named parts, all by default, for N minutes each (60).
  fuzz    every libFuzzer target, two at a time; finds are kept in build/fuzz/tests/fuzz
  repeat  concurrency and integration tests under ThreadSanitizer, again and again, until one fails
  leak    100,000 normal and hostile calls in one process under AddressSanitizer; then, for the time
          given, a server takes calls, connections and broken messages; neither may grow or leak
  stress  calls of every kind at once, over connections that are cut, under ThreadSanitizer
  idl     the C++ of all of Debian's IDL files is compiled, then 10,000 random IDL files at a time
          are judged by corbel-idl and omniidl
  values  a million random values of random types for each property (tests/unit): encoded and decoded
          in every byte order and GIOP version, in fragments, cut short, taken apart, as JSON; minutes
END
}

minutes=60
parts=()
while [ $# -gt 0 ]; do
  case "$1" in
    --minutes) minutes=${2:?--minutes needs a number}; shift ;;
    fuzz | repeat | leak | stress | values | idl) parts+=("$1") ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
[ ${#parts[@]} -gt 0 ] || parts=(fuzz repeat leak stress values idl)

"$root/scripts/setup.sh" --tests
builds=${CORBEL_BUILD_DIR:-$root/build}
unrandomized=()
if setarch -R true 2>/dev/null; then
  unrandomized=(setarch -R)
fi

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  (cd "$root" && cmake --preset "$preset" -B "$builds/$preset" ${extra[@]+"${extra[@]}"} >/dev/null)
  "${unrandomized[@]}" nice cmake --build "$builds/$preset" --target "$@"
}

fuzz() {
  extra=(-DCORBEL_FUZZ_SECONDS=$((minutes * 60)))
  build fuzz tests-fuzz
  ctest --test-dir "$builds/fuzz" -L '^fuzz$' -j "$(nproc)" --output-on-failure
}

repeat() {
  extra=()
  build tsan tests-concurrency tests-integration
  export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
  local round=0 end=$((SECONDS + minutes * 60))
  while [ $SECONDS -lt $end ]; do
    round=$((round + 1))
    echo "round $round"
    "${unrandomized[@]}" ctest --test-dir "$builds/tsan" -L '^(concurrency|integration)$' -j "$(nproc)" \
      --output-on-failure --schedule-random
  done
}

# Resident memory of a process in KiB.
memory_of() {
  awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"
}

leak() {
  extra=()
  build asan corbel-bench
  source "$root/tests/support/processes.sh"
  local bench=$builds/asan/tests/bench/corbel-bench
  local address=127.0.0.1:$((20000 + (RANDOM % 12000)))
  start server "${unrandomized[@]}" "$bench" server "$address" any
  wait_for_line server ready
  local early=0 now round=0 end=$((SECONDS + minutes * 60))
  while [ $SECONDS -lt $end ]; do
    round=$((round + 1))
    run_limited 300 "$bench" client "$address" calls:20000 w5 w10 >/dev/null || fail "round $round: a client ended with $?"
    # Nonsense of random length, 200 connections of it.
    for _ in $(seq 200); do
      { printf 'GIOP\1\2\1\0'; head -c $((RANDOM % 2000)) /dev/urandom; } >"/dev/tcp/127.0.0.1/${address##*:}" 2>/dev/null || true
    done
    now=$(memory_of "${process_ids[server]}")
    # AddressSanitizer's own quarantine fills up first.
    [ $round -ne 10 ] || early=$now
    echo "round $round: $now KiB"
    if [ $early -gt 0 ] && [ "$now" -gt $((early * 3 / 2)) ]; then
      fail "the server grew from $early to $now KiB"
    fi
  done
  stop server || fail "the server ended with $?: leaks are in its output"
}

stress() {
  extra=()
  build tsan integration_stress
  export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
  # Ten combinations share the time.
  CORBEL_STRESS_SECONDS=$((minutes * 6)) "${unrandomized[@]}" "$builds/tsan/tests/integration/stress/integration_stress"
}

idl() {
  extra=()
  build dev idl_random corbel_idl_compiler
  "$root/tests/idl-corpus/check.py" "$builds/dev/idl/compiler/corbel-idl" "$builds/idl-corpus" \
    "$root/include" g++ clang++-16
  local seed=$RANDOM end=$((SECONDS + minutes * 60))
  while [ $SECONDS -lt $end ]; do
    echo "files from seed $seed"
    "$root/tests/idl-random/run.sh" "$builds/dev/tests/idl-random/idl_random" $seed 10000 "$builds/idl-random"
    seed=$((seed + 10000))
  done
}

values() {
  extra=()
  build dev unit_cdr unit_value unit_dynamic
  local room
  for room in cdr value dynamic; do
    CORBEL_PROPERTY_ROUNDS=${CORBEL_PROPERTY_ROUNDS:-1000000} \
      "$builds/dev/tests/unit/$room/unit_$room" --gtest_filter='*Property*' --gtest_brief=0
  done
}

for part in "${parts[@]}"; do
  echo "== $part, $minutes minutes"
  $part
done
echo "all of ${parts[*]} passed"
