#!/usr/bin/env bash
# Usage: constructs_between.sh CORBEL-PEER OMNIORB-PEER VERSION
# Unions, fixed and TypeCodes: Corbel's client on omniORB's server and the other way round, with the
# same checks.
set -euo pipefail
corbel=$1
omniorb=$2
version=$3
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null
options=(-ORBmaxGIOPVersion "$version" -ORBendPoint giop:tcp:127.0.0.1:0)

start corbel_server "$corbel" server "$work/corbel.ior"
start omniorb_server "$omniorb" server "$work/omniorb.ior" "${options[@]}"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

run_limited 60 "$corbel" client "$(cat "$work/omniorb.ior")" >"$work/ours.checks" ||
  fail "Corbel's client on omniORB's server: $(cat "$work/ours.checks")"
run_limited 60 "$omniorb" client "$(cat "$work/corbel.ior")" "${options[@]}" \
  >"$work/theirs.checks" ||
  fail "omniORB's client on Corbel's server: $(cat "$work/theirs.checks")"
cat "$work/ours.checks"
diff "$work/ours.checks" "$work/theirs.checks" || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
