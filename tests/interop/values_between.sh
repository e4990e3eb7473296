#!/usr/bin/env bash
# Usage: values_between.sh CORBEL-SERVER CORBEL-CLIENT OMNIORB-SERVER OMNIORB-CLIENT
# Valuetypes: each client on the other's server, with the same checks.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

start corbel_server "$1" "$work/corbel.ior"
start omniorb_server "$3" "$work/omniorb.ior"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

failed=
# run_client NAME COMMAND...
run_client() {
  local name=$1 status=0
  shift
  run_limited 80 "$@" >"$work/$name.checks" 2>"$work/$name.err" || status=$?
  echo "== $name"
  cat "$work/$name.checks" "$work/$name.err"
  [ $status -eq 0 ] || failed="$failed $name ($status)"
}
run_client corbel_on_omniorb "$2" "$(cat "$work/omniorb.ior")"
run_client omniorb_on_corbel "$4" "$(cat "$work/corbel.ior")"
run_client corbel_on_corbel "$2" "$(cat "$work/corbel.ior")"
[ -z "$failed" ] || fail "these clients failed:$failed"

names_of() {
  sed -E 's/^ok //; s/: .*//' "$work/$1.checks" | grep -v 'no protocol errors'
}
diff <(names_of corbel_on_omniorb) <(names_of omniorb_on_corbel) || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
