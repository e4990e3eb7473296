#!/usr/bin/env bash
# Usage: naming_omninames.sh NAMING CHECK   our client against omniNames and corbel-naming, each bound in
# the other: omniNames walks on by itself, with corbel-naming the client does.
set -euo pipefail
naming=$1
check=$2
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"

mkdir "$work/names"
start omninames omniNames -start -always -ignoreport -datadir "$work/names" -errlog "$work/omninames.log" \
  -ORBendPoint giop:tcp:127.0.0.1:0
omninames_is_ready() { grep -q 'Root context is IOR:' "$work/omninames.log" 2>/dev/null; }
wait_until 10 omninames_is_ready || fail "omniNames did not start: $(cat "$work/omninames.log")"
omni=$(grep -o 'IOR:[0-9a-f]*' "$work/omninames.log" | head -n 1)

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_file "$work/naming.ior"
corbel=$(cat "$work/naming.ior")

run_limited 60 "$check" "$omni" "$corbel" >"$work/check.out" || fail "against omniNames: $(cat "$work/check.out")"
run_limited 60 "$check" "$corbel" "$omni" >"$work/check.out" || fail "against corbel-naming: $(cat "$work/check.out")"

stop naming || fail "the naming service ended with $?"
