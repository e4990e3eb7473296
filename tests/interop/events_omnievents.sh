#!/usr/bin/env bash
# Usage: events_omnievents.sh NAMING CHECK   our client, consumers and suppliers on omniEvents' channel;
# omniEvents and its eventc use corbel-naming.
set -euo pipefail
naming=$1
check=$2
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_file "$work/naming.ior"
names=(-ORBInitRef "NameService=$(cat "$work/naming.ior")")

# omniEvents wants to be told a port; one that is taken is answered by its end, and another is tried.
omnievents_is_up() {
  is_running omnievents && timeout 5 eventc "${names[@]}" -v -n channel -c 1000000 -q 1000 -R 20 \
    "corbaloc::127.0.0.1:$port/omniEvents" >"$work/channel.out" 2>&1
}
up=no
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM))
  rm -rf "$work/data"
  mkdir "$work/data"
  start omnievents omniEvents -f -p $port -a "giop:tcp:127.0.0.1:$port" -l "$work/data" -t "$work/trace" "${names[@]}"
  if wait_until 10 omnievents_is_up; then
    up=yes
    break
  fi
done
[ $up = yes ] || fail "omniEvents did not start: $(cat "$work/channel.out" "$work/trace" 2>/dev/null)"
channel=$(grep -o 'IOR:[0-9a-f]*' "$work/channel.out" | head -n 1)
[ -n "$channel" ] || fail "eventc printed no reference: $(cat "$work/channel.out")"

run_limited 60 "$check" "$channel" 50 >"$work/check.out" 2>&1 || fail "on omniEvents: $(cat "$work/check.out")"
stop omnievents || true
stop naming || fail "the naming service ended with $?"
