#!/usr/bin/env bash
# Usage: run.sh BIN [NAMING]   naming service, bank and one customer; NAMING is the corbel-naming to use.
set -euo pipefail
bin=$1
naming=${2:-corbel-naming}
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_file "$work/naming.ior"
export CORBEL_INIT_REF="NameService=$(cat "$work/naming.ior")"
start server "$bin/bank-server"
wait_for_line server open

run_limited 30 "$bin/bank-client" >"$work/client.out" || fail "the customer ended with $?"
cat "$work/client.out"
diff - "$work/client.out" <<'END' || fail "the customer saw something else"
alice has 120
after a withdrawal: 50
refused, only 50 left
alice keeps 50
alice has an account already
END
stop server || fail "the bank ended with $?"
stop naming || fail "the naming service ended with $?"
