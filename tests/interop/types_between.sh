#!/usr/bin/env bash
# Usage: types_between.sh CORBEL-PEER OMNIORB-PEER VERSION utf-8|latin-1 [DIRECTION]
# Corbel's client on omniORB's server and the other way round, with the same checks.
# DIRECTION (ours, theirs; both by default): whose client runs.
set -euo pipefail
corbel=$1
omniorb=$2
version=$3
text=$4
direction=${5:-both}
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

latin=()
if [ "$text" = latin-1 ]; then latin=(latin-1); fi
# Below GIOP 1.1 nobody negotiates code sets: strings are Latin-1.
corbel_latin=("${latin[@]}")
if [ "$version" = 1.0 ]; then corbel_latin=(latin-1); fi

start corbel_server "$corbel" server "$work/corbel.ior"
start omniorb_server "$omniorb" server "$work/omniorb.ior" "$version" "${latin[@]}"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

# run_client NAME COMMAND...: its checks, in $work/NAME.checks; whether all passed.
run_client() {
  local name=$1 status=0
  shift
  run_limited 80 "$@" >"$work/$name.checks" 2>"$work/$name.err" || status=$?
  echo "== $name, GIOP $version, $text"
  cat "$work/$name.checks" "$work/$name.err"
  [ $status -eq 0 ] || failed="$failed $name ($status)"
}
failed=
for group in all large; do
  [ "$direction" = theirs ] || run_client "corbel_on_omniorb_$group" \
    "$corbel" client "$(cat "$work/omniorb.ior")" "$version" $group "${corbel_latin[@]}"
  [ "$direction" = ours ] || run_client "omniorb_on_corbel_$group" \
    "$omniorb" client "$(cat "$work/corbel.ior")" "$version" $group "${latin[@]}"
done
[ -z "$failed" ] || fail "these clients failed:$failed"

names_of() {
  cat "$work/$1_all.checks" "$work/$1_large.checks" | sed -E 's/^(ok|skipped) //; s/: .*//' |
    grep -v 'no protocol errors'
}
[ "$direction" != both ] || diff <(names_of corbel_on_omniorb) <(names_of omniorb_on_corbel) || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
