#!/usr/bin/env bash
# Usage: events_omni_clients.sh EVENTS PEER   omniORB's suppliers and consumers on our channel, with
# events of types that corbel-idl does not compile yet.
set -euo pipefail
events=$1
peer=$2
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

count=200
start events "$events" --port 0 --queue 1000 --overflow block --ior-file "$work/channel.ior"
wait_for_file "$work/channel.ior"
channel=$(cat "$work/channel.ior")
loopback=(-ORBendPoint giop:tcp:127.0.0.1:0)

for supplier in push-supplier pull-supplier; do
  start push_$supplier "$peer" push-consumer "$channel" $count "${loopback[@]}"
  start pull_$supplier "$peer" pull-consumer "$channel" $count "${loopback[@]}"
  wait_for_line push_$supplier ready
  wait_for_line pull_$supplier ready
  run_limited 60 "$peer" $supplier "$channel" $count "${loopback[@]}" >"$work/supplier.out" 2>&1 ||
    fail "$supplier: $(cat "$work/supplier.out")"
  grep -q OK "$work/supplier.out" || fail "$supplier: $(cat "$work/supplier.out")"
  for consumer in push_$supplier pull_$supplier; do
    wait_for_line $consumer OK
    wait "${process_ids[$consumer]}" || fail "$consumer ended with $?"
    unset "process_ids[$consumer]"
  done
done
stop events || fail "corbel-events ended with $?"
