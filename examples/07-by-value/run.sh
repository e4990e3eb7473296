#!/usr/bin/env bash
# Usage: run.sh BIN   a route goes there and comes back with all its classes.
set -euo pipefail
bin=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start planner "$bin/by-value"
wait_for_line planner '^IOR:'
run_limited 40 "$bin/by-value" "$(head -n 1 "$work/planner.out")" >"$work/trip.out" || fail "the traveller ended with $?"
cat "$work/trip.out"
diff "$work/trip.out" - <<'END' || fail "the route came back as another"
walk: 0.3 h
train S1: 0.5 h
train S1: 0.5 h
walk: 0.3 h
1.6 h; trains are one object
END
stop planner || fail "the planner ended with $?"
