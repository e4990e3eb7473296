#!/usr/bin/env bash
# Usage: naming_process.sh NAMING   the command line of corbel-naming: what it prints, writes and refuses.
set -euo pipefail
naming=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../support/processes.sh"

"$naming" --help | grep -qe --ior-file || fail "--help does not explain --ior-file"
"$naming" --version | grep -qE '^corbel-naming [0-9]+\.[0-9]+\.[0-9]+$' || fail "--version"
for wrong in "--port 70000" "--port x" "--nonsense" "--max-names 0"; do
  # shellcheck disable=SC2086 # an option and its value
  if "$naming" $wrong >"$work/out" 2>"$work/err"; then fail "$wrong was accepted"; fi
  [ -s "$work/err" ] || fail "$wrong was refused without a word"
done

start naming "$naming" --port 0 --memory --ior-file "$work/naming.ior"
wait_for_line naming ready
grep -q '^IOR:' "$work/naming.ior" || fail "no IOR in the file"
line=$(cat "$work/naming.out")
[[ $line =~ ^corbel-naming\ ready\ at\ corbaloc:iiop:1\.2@127\.0\.0\.1:([0-9]+)/NameService$ ]] || fail "said: $line"
port=${BASH_REMATCH[1]}

status=0
run_limited 10 "$naming" --port "$port" >"$work/second.out" 2>"$work/second.err" || status=$?
[ $status -eq 1 ] || fail "a second service on the port ended with $status"
grep -q "$port" "$work/second.err" || fail "the complaint does not name the port: $(cat "$work/second.err")"
grep -q -- "--port" "$work/second.err" || fail "the complaint does not say what to do"

status=0
run_limited 10 "$naming" --port 0 --ior-file "$work/none/x.ior" 2>"$work/third.err" >"$work/third.out" || status=$?
[ $status -eq 1 ] || fail "an IOR file that cannot be written ended with $status"
grep -q "none/x.ior" "$work/third.err" || fail "the complaint does not name the file"

stop naming || fail "SIGTERM ended it with $?"

start advertised "$naming" --port 0 --advertise names.example.org:4711
wait_for_line advertised ready
grep -q '@names.example.org:4711/NameService' "$work/advertised.out" || fail "said: $(cat "$work/advertised.out")"
stop advertised INT || fail "SIGINT ended it with $?"
