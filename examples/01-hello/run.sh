#!/usr/bin/env bash
# Usage: run.sh BIN   starts the server, calls it once, stops it.
set -euo pipefail
bin=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

start server "$bin/hello-server"
wait_for_line server '^IOR:'
greeting=$(run_limited 30 "$bin/hello-client" "$(head -n 1 "$work/server.out")") || fail "the client ended with $?"
echo "$greeting"
[ "$greeting" = "Hello, world!" ] || fail "another greeting was expected"
