#!/usr/bin/env bash
# Usage: types_idle.sh CORBEL-PEER OMNIORB-PEER
# A server closes an idle connection; the client's next call goes over a new one, in both directions.
set -euo pipefail
corbel=$1
omniorb=$2
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

start corbel_server "$corbel" server "$work/corbel.ior" 1
start omniorb_server "$omniorb" server "$work/omniorb.ior" 1.2 -ORBscanGranularity 1 -ORBinConScanPeriod 1
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"
run_limited 40 "$corbel" client "$(cat "$work/omniorb.ior")" 1.2 idle || fail "Corbel's client"
run_limited 40 "$omniorb" client "$(cat "$work/corbel.ior")" 1.2 idle || fail "omniORB's client"
stop corbel_server || fail "Corbel's server ended with $?"
