#!/usr/bin/env bash
# Usage: pytango_on_corbel.sh TANGO-SERVER PYTHON   PyTango's client on a device that Corbel serves.
set -euo pipefail
server=$1
python=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../support/processes.sh"

start device "$server"
wait_for_line device '^endpoint '
endpoint=$(sed -n 's/^endpoint //p' "$work/device.out")
run_limited 100 "$python" "$here/pytango_client.py" "$endpoint" || fail "PyTango's client ended with $?"
stop device || fail "the device server ended with $?"
cat "$work/device.out"
