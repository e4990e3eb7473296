#!/usr/bin/env bash
# Usage: run.sh CORBEL-BENCH
# In the steady state a null call under ThreadPerConnection costs each side one send and one receive,
# and nothing else: no poll, no futex, no clock that enters the kernel. The difference between runs of
# many and of few calls is counted, so that start and end do not matter.
set -euo pipefail
bench=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../support/processes.sh"
command -v strace >/dev/null || fail "strace is not installed (scripts/setup.sh)"

few=2000 many=12000

# A port that was free a moment ago; the server is the one to find out, so another is tried if not.
start_server() {
  local attempt
  for attempt in 1 2 3 4 5; do
    port=$((20000 + (RANDOM % 20000)))
    start server strace -f -c -o "$work/server.$1" "$bench" server "127.0.0.1:$port"
    if wait_until 10 grep -qs ready "$work/server.out" || ! is_running server; then
      grep -qs ready "$work/server.out" && return
    fi
    stop server KILL || true
  done
  fail "the server did not start"
}

# traced CALLS: leaves $work/client.CALLS and $work/server.CALLS.
traced() {
  start_server "$1"
  run_limited 100 strace -f -c -o "$work/client.$1" "$bench" client "127.0.0.1:$port" "calls:$1" ||
    fail "the client ended with $?"
  # strace passes nothing on: its child is the server.
  kill -TERM "$(pgrep -P "${process_ids[server]}")"
  wait_until 20 eval '! is_running server' || fail "the server did not end"
  stop server || true
}

# Columns of strace -c: % time, seconds, usecs/call, calls[, errors], syscall.
calls_of() {
  awk -v wanted="$2" '$NF == wanted { calls = $4 } END { print calls + 0 }' "$1"
}

traced $few
traced $many
failures=0
for side in client server; do
  names=$(awk 'NR > 2 && $NF != "total" && $4 ~ /^[0-9]+$/ { print $NF }' "$work/$side.$many")
  echo "$side, system calls for each null call:"
  for name in $names; do
    more=$(($(calls_of "$work/$side.$many" "$name") - $(calls_of "$work/$side.$few" "$name")))
    per_call=$(awk -v more=$more -v calls=$((many - few)) 'BEGIN { printf "%.3f", more / calls }')
    [ "$per_call" = 0.000 ] || [ "$per_call" = -0.000 ] || echo "  $name $per_call"
    case $name in
      send | sendto | sendmsg) sends=$((${sends:-0} + more)) ;;
      recv | recvfrom | recvmsg) receives=$((${receives:-0} + more)) ;;
      # The reactor's clock ticks a few times a second, whatever the calls do.
      timerfd_settime) ticks=$more ;;
      epoll_wait) wakes=$more ;;
      *) others=$((${others:-0} + more)) ;;
    esac
  done
  if [ ${wakes:-0} -gt ${ticks:-0} ]; then
    others=$((${others:-0} + wakes - ${ticks:-0}))
  fi
  # A wake-up, a lock handed over or a clock read would come once a call, not once in twenty.
  awk -v sends=${sends:-0} -v receives=${receives:-0} -v others=${others:-0} -v calls=$((many - few)) 'BEGIN {
    s = sends / calls; r = receives / calls; o = others / calls
    exit !(s > 0.99 && s < 1.01 && r > 0.99 && r < 1.01 && o < 0.05)
  }' || failures=$((failures + 1))
  unset sends receives others ticks wakes
done
[ $failures -eq 0 ] || fail "one send and one receive a side were expected, nothing else"
