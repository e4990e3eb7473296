#!/usr/bin/env bash
# Usage: bidir_between.sh CORBEL-PEER OMNIORB-PEER
# Clients that nobody can connect to are called back over their own connections: Corbel's client by
# omniORB's server, and the other way round.
set -euo pipefail
corbel=$1
omniorb=$2
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

start corbel_server "$corbel" server "$work/corbel.ior"
start omniorb_server "$omniorb" server "$work/omniorb.ior" -ORBendPoint giop:tcp:127.0.0.1:0 \
  -ORBacceptBiDirectionalGIOP 1 -ORBserverTransportRule "* unix,tcp,bidir"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

run_limited 60 "$corbel" client "$(cat "$work/omniorb.ior")" || fail "Corbel's client on omniORB's server"
# Its references name port 1 of this machine, where nobody listens.
run_limited 60 "$omniorb" client "$(cat "$work/corbel.ior")" -ORBendPoint giop:tcp:127.0.0.1:0 \
  -ORBendPointPublish giop:tcp:127.0.0.1:1 -ORBmaxGIOPConnectionPerServer 30 \
  -ORBofferBiDirectionalGIOP 1 -ORBclientTransportRule "* unix,tcp,bidir" ||
  fail "omniORB's client on Corbel's server"
stop corbel_server || fail "Corbel's server ended with $?"
