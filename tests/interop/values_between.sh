#!/usr/bin/env bash
# Usage: values_between.sh CORBEL-SERVER CORBEL-CLIENT OMNIORB-SERVER OMNIORB-CLIENT VERSION
# Valuetypes: each client on the other's server, with the same checks.
set -euo pipefail
version=$5
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null
# With 1.0 as its highest version omniORB breaks: references in 1.0 bring it to speak 1.0 instead.
[ "$version" = 1.0 ] || export ORBmaxGIOPVersion=$version

# reference FILE: what the client gets.
reference() {
  if [ "$version" = 1.0 ]; then
    "$here/types_corbaloc.py" "$1" 1.0
  else
    cat "$1"
  fi
}

start corbel_server "$1" "$work/corbel.ior"
start omniorb_server "$3" "$work/omniorb.ior"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"

failed=
# run_client NAME COMMAND...
run_client() {
  local name=$1 status=0
  shift
  run_limited 80 "$@" >"$work/$name.checks" 2>"$work/$name.err" || status=$?
  echo "== $name, GIOP $version"
  cat "$work/$name.checks" "$work/$name.err"
  if [ $status -ne 0 ] && ! is_omniorbs_limit "$name"; then failed="$failed $name ($status)"; fi
}
# In 1.0 omniORB does not read large chunked values, not even its own: MARSHAL.
is_omniorbs_limit() {
  local failures
  failures=$(grep -hv '^ok ' "$work/$1.checks" "$work/$1.err" || true)
  [ "$version" = 1.0 ] && [ "$1" != corbel_on_corbel ] && [ "$(wc -l <<<"$failures")" -eq 1 ] &&
    [[ $failures == 'FAILED a large chunked value: MARSHAL'* ]]
}
run_client corbel_on_omniorb "$2" "$(reference "$work/omniorb.ior")"
run_client omniorb_on_corbel "$4" "$(reference "$work/corbel.ior")"
run_client corbel_on_corbel "$2" "$(reference "$work/corbel.ior")"
[ -z "$failed" ] || fail "these clients failed:$failed"

names_of() {
  sed -E 's/^ok //; s/: .*//' "$work/$1.checks" | grep -v 'no protocol errors'
}
diff <(names_of corbel_on_omniorb) <(names_of omniorb_on_corbel) || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
