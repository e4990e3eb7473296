#!/usr/bin/env bash
# Usage: types_between.sh CORBEL-PEER OMNIORB-PEER VERSION utf-8|latin-1 [DIRECTION [GROUPS]]
# Corbel's client on omniORB's server and the other way round, with the same checks.
# DIRECTION (ours, theirs, both; both by default): whose client runs.
# GROUPS ("all large" by default): which checks. CORBEL_FRAGMENT_SIZE is that of Corbel's messages.
set -euo pipefail
corbel=$1
omniorb=$2
version=$3
text=$4
direction=${5:-both}
groups=${6:-all large}
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null

latin=()
if [ "$text" = latin-1 ]; then latin=(latin-1); fi
# omniORB's references below GIOP 1.2 name no code sets: to its server our strings are Latin-1.
corbel_latin=("${latin[@]}")
if [ "$version" != 1.2 ]; then corbel_latin=(latin-1); fi
# As its highest version omniORB does not survive 1.0 (BAD_INV_ORDER on chars and strings in structs, a crash
# on anys), and has no code set but Latin-1 then: references in 1.0 bring it to speak 1.0 instead.
omni_maximum=$version
if [ "$version" = 1.0 ]; then
  omni_maximum=1.2
  latin=(latin-1)
fi

start corbel_server "$corbel" server "$work/corbel.ior"
start omniorb_server "$omniorb" server "$work/omniorb.ior" "$omni_maximum" "${latin[@]}"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

# reference FILE: what the client gets; for GIOP 1.0 a corbaloc of that version.
reference() {
  if [ "$version" != 1.0 ]; then
    cat "$1"
    return
  fi
  "$here/types_corbaloc.py" "$1" "$version"
}
ours=$(reference "$work/corbel.ior")
theirs=$(reference "$work/omniorb.ior")

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
for group in $groups; do
  [ "$direction" = theirs ] || run_client "corbel_on_omniorb_$group" \
    "$corbel" client "$theirs" "$version" $group "${corbel_latin[@]}"
  [ "$direction" = ours ] || run_client "omniorb_on_corbel_$group" \
    "$omniorb" client "$ours" "$version" $group "${latin[@]}" -ORBmaxGIOPVersion "$omni_maximum"
done
[ -z "$failed" ] || fail "these clients failed:$failed"

names_of() {
  for group in $groups; do cat "$work/$1_$group.checks"; done | sed -E 's/^(ok|skipped) //; s/: .*//' |
    grep -v 'no protocol errors'
}
[ "$direction" != both ] || diff <(names_of corbel_on_omniorb) <(names_of omniorb_on_corbel) || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
