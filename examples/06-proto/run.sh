#!/usr/bin/env bash
# Usage: run.sh BIN   three bidders; who is outbid is told, who bids too little is refused.
set -euo pipefail
bin=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start auction "$bin/auction-server"
wait_for_line auction '^IOR:'
auction=$(head -n 1 "$work/auction.out")

start anna "$bin/auction-bidder" "$auction" anna 100 wait
wait_for_line anna 'highest: 100'
status=0
run_limited 40 "$bin/auction-bidder" "$auction" ben 90 >"$work/ben.out" || status=$?
[ $status -eq 3 ] || fail "ben ended with $status"
grep -qx 'too low: anna offers 100' "$work/ben.out" || fail "ben was told '$(cat "$work/ben.out")'"
run_limited 40 "$bin/auction-bidder" "$auction" carl 120 >"$work/carl.out" || fail "carl ended with $?"
finish anna || fail "anna ended with $?"
grep -qx 'outbid by carl with 120' "$work/anna.out" || fail "anna was told '$(cat "$work/anna.out")'"
stop auction || fail "the auction ended with $?"
echo "run.sh: OK: anna was outbid, ben refused, carl leads"
