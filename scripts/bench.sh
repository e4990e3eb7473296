#!/usr/bin/env bash
# Measures Corbel beside a bare blocking TCP ping-pong and prints the table of docs/performance.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/bench.sh [--rounds N] [--quick]

Builds corbel-bench (Release), runs every dispatch policy and the bare TCP echo interleaved, and prints
medians with their ratio to the echo of the same round. Null calls run pinned to one core, where the
scheduler's placement does not decide, and free.
  --rounds N  rounds (5)
  --quick     null calls only, 2 rounds
END
}

rounds=5
quick=no
while [ $# -gt 0 ]; do
  case "$1" in
    --rounds) rounds=${2:?--rounds needs a number}; shift ;;
    --quick) quick=yes; rounds=2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

"$root/scripts/setup.sh" --tests
build=${CORBEL_BUILD_DIR:-$root/build}/bench
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCORBEL_EXAMPLES=OFF >/dev/null
cmake --build "$build" --target corbel-bench >&2
bench=$build/tests/bench/corbel-bench
source "$root/tests/support/processes.sh"
results=$work/results

# serve NAME MODE [ARGUMENT...]: the server on a free port; sets address and SERVER_PID.
serve() {
  local name=$1 mode=$2 attempt
  shift 2
  for attempt in 1 2 3 4 5; do
    address=127.0.0.1:$((20000 + (RANDOM % 12000)))
    start "$name" "${pin[@]}" "$bench" "$mode" "$address" "$@"
    wait_until 10 eval "grep -qs ready '$work/$name.out' || ! is_running '$name'" || true
    if grep -qs ready "$work/$name.out"; then
      export SERVER_PID=${process_ids[$name]}
      return
    fi
    stop "$name" KILL || true
  done
  fail "$name did not start"
}

# measure ROUND PLACE ROW MODE SERVER-ARGUMENTS WORKLOAD...: appends "round place row workload figure value".
measure() {
  local round=$1 place=$2 row=$3 mode=$4 arguments=$5
  shift 5
  # shellcheck disable=SC2086 # a list of words
  serve server "${mode}server" $arguments
  run_limited 300 "${pin[@]}" "$bench" "${mode}client" "$address" "$@" |
    sed -nE 's/.*"w":"([^"]+)",(.*)\}/\1 \2/p' |
    while read -r workload figures; do
      tr ',' '\n' <<<"$figures" | sed -E "s/\"([^\"]+)\":(.*)/$round $place $row $workload \\1 \\2/"
    done >>"$results"
  stop server KILL || true
}

policies=(thread-per-connection thread-per-request thread-per-object pool event-loop)
for round in $(seq "$rounds"); do
  echo "round $round of $rounds" >&2
  for place in one-core free; do
    pin=()
    [ $place = free ] || pin=(taskset -c 0)
    measure "$round" $place raw-tcp raw- "" w1
    for policy in "${policies[@]}"; do
      measure "$round" $place "$policy" "" "--dispatch $policy" w1
    done
  done
  [ $quick = no ] || continue
  pin=()
  measure "$round" free raw-tcp raw- "" w2 w10
  measure "$round" free thread-per-connection "" "" w2 w3
  measure "$round" free thread-per-connection "" any w7 w10
  pin=(taskset -c 0)
  measure "$round" one-core raw-tcp raw- "" w4
  measure "$round" one-core thread-per-connection "" "" w4 w5
done

echo "$(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r)," \
  "$(g++ --version | head -n 1); medians of $rounds rounds"
awk -f "$root/scripts/bench_table.awk" "$results"
"$bench" colloc | sed -nE 's/.*"ns_call":([0-9.]+).*/\nCollocated null call: \1 ns/p'
