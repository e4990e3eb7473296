#!/usr/bin/env bash
# Usage: forward_between.sh CORBEL-PEER OMNIORB-PEER VERSION
# Servant managers, forwards and nested callbacks: Corbel's client on omniORB's server and the other
# way round, with the same checks. VERSION is the highest GIOP version that omniORB uses.
set -euo pipefail
corbel=$1
omniorb=$2
version=$3
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

mkdir "$work/corbel" "$work/omniorb"
start corbel_server "$corbel" server "$work/corbel"
start omniorb_server "$omniorb" server "$work/omniorb" -ORBmaxGIOPVersion "$version"
wait_for_file "$work/corbel/node.ior"
wait_for_file "$work/omniorb/node.ior"

failed=
run_client() {
  local name=$1 status=0
  shift
  run_limited 60 "$@" >"$work/$name.checks" 2>"$work/$name.err" || status=$?
  echo "== $name, GIOP $version"
  cat "$work/$name.checks" "$work/$name.err"
  [ $status -eq 0 ] || failed="$failed $name ($status)"
}
run_client corbel_on_omniorb "$corbel" client "$work/omniorb"
run_client omniorb_on_corbel "$omniorb" client "$work/corbel" -ORBmaxGIOPVersion "$version"
[ -z "$failed" ] || fail "these clients failed:$failed"
diff <(grep -v 'protocol errors' "$work/corbel_on_omniorb.checks") "$work/omniorb_on_corbel.checks" ||
  fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
