#!/usr/bin/env bash
# Usage: run.sh BIN SERVER   the client on a device; SERVER is the tango_server of tests/interop/tango.
set -euo pipefail
bin=$1
server=$2
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start device "$server"
wait_for_line device '^endpoint '
endpoint=$(sed -n 's/^endpoint //p' "$work/device.out")

run_limited 30 "$bin/tango-client" "$endpoint" test/corbel/1 position=12.5 >"$work/client.out" ||
  fail "the client ended with $?"
cat "$work/client.out"
diff - "$work/client.out" <<'END' || fail "the client saw something else"
test/corbel/1 is ON: The device is in ON state.
  State = ON
  Status = The device is in ON state.
  position = 12.5 mm
  count = -7
  title = bench
  enabled = 1
  big = 1099511627776
  small = 200
  factor = 0.5
  broken = (Unplugged: the sensor is unplugged)
  wave = 3 values: 0.5, -0.25, 1e+300
  names = 2 values: left, right
  picture = 6 values: 1, 2, 3, 4, 5, 4000000000
  commands: Become Fail Init Join Negate Not Recode Reverse Same Shout State Status Sums Swap Twice
END
if run_limited 30 "$bin/tango-client" "$endpoint" test/corbel/1 nowhere=1 2>"$work/refused.err"; then
  fail "an attribute that is not there was written"
fi
grep -q 'API_AttrNotFound: Attribute nowhere not found' "$work/refused.err" || fail "said: $(cat "$work/refused.err")"
stop device || fail "the device ended with $?"
