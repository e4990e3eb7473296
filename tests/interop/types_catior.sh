#!/usr/bin/env bash
# Usage: types_catior.sh CORBEL-PEER   omniORB's catior reads our references: all of their parts.
set -euo pipefail
corbel=$1
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"

start server "$corbel" server "$work/server.ior"
wait_for_file "$work/server.ior"
catior "$(cat "$work/server.ior")" >"$work/parts.txt" || fail "catior ended with $?"
cat "$work/parts.txt"
for part in 'Type ID: "IDL:interop/Types:1.0"' 'IIOP 1\.2 127\.0\.0\.1 [0-9]+ "CORB' 'TAG_ORB_TYPE' \
  'TAG_CODE_SETS' 'UTF-8' 'ISO-8859-1' 'UTF-16'; do
  grep -qE "$part" "$work/parts.txt" || fail "catior does not show $part"
done
stop server || fail "the server ended with $?"
