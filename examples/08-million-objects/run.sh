#!/usr/bin/env bash
# Usage: run.sh BIN   a bank with a million accounts and one customer
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start server "$1/accounts-server" "$work/bank.ior"
wait_for_file "$work/bank.ior"
run_limited 60 "$1/accounts-client" "$(cat "$work/bank.ior")" >"$work/client.out" ||
  fail "the customer ended with $?"
cat "$work/client.out"
diff - "$work/client.out" <<'END' || fail "the customer saw something else"
account 999000 holds 999000 cents
account 999001 holds 0 cents
there is no account 1000000
END
stop server || fail "the bank ended with $?"
