#!/usr/bin/env bash
# Usage: corbel_on_tango.sh TANGO-CLIENT PYTHON   Corbel's client on a device server of PyTango's.
set -euo pipefail
client=$1
python=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../support/processes.sh"

start device "$python" "$here/device_server.py" test -nodb -dlist test/nodb/1 -ORBendPoint giop:tcp:127.0.0.1:0
wait_until 60 grep -qs 'Ready to accept request' "$work/device.out" || fail "the device server is not ready after 60 s"
reference=$(grep -o 'IOR:.*' "$work/device.out")

for version in 1.2 1.0; do
  echo "== GIOP $version"
  run_limited 60 "$client" "$reference" $version || fail "the client ended with $?"
done
is_running device || fail "the device server ended"
