#!/usr/bin/env bash
# Usage: run.sh BIN [NAMING]   naming service, printers and one user; NAMING is the corbel-naming to use.
set -euo pipefail
bin=$1
naming=${2:-corbel-naming}
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_file "$work/naming.ior"
export CORBEL_INIT_REF="NameService=$(cat "$work/naming.ior")"
start server "$bin/printer-server"
wait_for_line server ready

run_limited 30 "$bin/printer-client" >"$work/client.out" || fail "the user ended with $?"
cat "$work/client.out"
diff - "$work/client.out" <<'END' || fail "the user saw something else"
office/
  floor-1/
    ink.printer
    laser.printer
  floor-2/
    laser.printer
floor-1/ink printed 1 page
also known as v1\.2.printer
floor-9 does not exist
CosNaming::NamingContext::NotFound: nothing is bound at "floor-9" (looking up "office/floor-9/ink.printer")
END
stop server || fail "the printers ended with $?"
stop naming || fail "the naming service ended with $?"
