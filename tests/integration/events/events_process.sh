#!/usr/bin/env bash
# Usage: events_process.sh EVENTS NAMING   corbel-events as users start and stop it
set -euo pipefail
events=$1
naming=$2
source "$(dirname "${BASH_SOURCE[0]}")/../../support/processes.sh"

# expect_refusal TEXT ARGUMENT...: ends with 1 or 2 and one clear line
expect_refusal() {
  local text=$1 status=0
  shift
  run_limited 20 "$events" "$@" >"$work/refused.out" 2>&1 || status=$?
  [ $status -eq 1 ] || [ $status -eq 2 ] || fail "corbel-events $* ended with $status"
  grep -q -- "$text" "$work/refused.out" || fail "corbel-events $* said: $(cat "$work/refused.out")"
}

"$events" --help | grep -q -- '--overflow' || fail "--help does not explain --overflow"
"$events" --version | grep -q '^corbel-events [0-9]' || fail "--version"
expect_refusal '--port' --queue 5
expect_refusal 'port' --port 70000
expect_refusal 'overflow' --port 0 --overflow sometimes
expect_refusal 'queue' --port 0 --queue 0
expect_refusal 'channel name' --port 0 --channel ''
expect_refusal 'nonsense' --port 0 --nonsense
expect_refusal 'NamingService' --port 0 --naming NamingService
expect_refusal 'ior' --port 0 --ior-file "$work/no/such/folder/channel.ior"

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_file "$work/naming.ior"
start events "$events" --port 0 --naming "$(cat "$work/naming.ior")" --channel prices --channel news \
  --queue 10 --overflow block --ior-file "$work/channel.ior"
wait_for_line events 'corbel-events ready at corbaloc:iiop:1.2@127.0.0.1:[0-9]*/EventChannel'
wait_for_file "$work/channel.ior"
grep -q '^IOR:' "$work/channel.ior" || fail "no reference in the file"
port=$(sed -n 's/.*:\([0-9]*\)\/EventChannel.*/\1/p' "$work/events.out")
expect_refusal 'in use' --port "$port"
stop events || fail "corbel-events ended with $? after SIGTERM"
start again "$events" --port "$port" --advertise channels.example:4711 --naming corbaloc::127.0.0.1:1/NameService
wait_for_line again ready
grep -q 'cannot bind' "$work/again.err" || fail "nothing was said about a naming service that is not there"
grep -q "listening on 127.0.0.1:$port" "$work/again.out" || fail "the ready line lacks the port"
stop again INT || fail "corbel-events ended with $? after SIGINT"
stop naming || fail "corbel-naming ended with $?"
