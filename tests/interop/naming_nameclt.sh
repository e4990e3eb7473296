#!/usr/bin/env bash
# Usage: naming_nameclt.sh NAMING   omniORB's nameclt and catior against corbel-naming.
set -euo pipefail
naming=$1
source "$(dirname "${BASH_SOURCE[0]}")/../support/processes.sh"

start naming "$naming" --port 0 --ior-file "$work/naming.ior"
wait_for_line naming ready
corbaloc=$(grep -o 'corbaloc:.*' "$work/naming.out")
root=$(cat "$work/naming.ior")

# nameclt_on REFERENCE ARGUMENT...: what it prints, on both channels; its status is no guide.
nameclt_on() {
  run_limited 20 nameclt -advanced -ior "$@" 2>&1 || true
}
expect() {
  local wanted=$1
  shift
  local said
  said=$(nameclt_on "$@")
  grep -qe "$wanted" <<<"$said" || fail "nameclt ${*:2} said: $said"
}
refuse() {
  local unwanted=$1
  shift
  local said
  said=$(nameclt_on "$@")
  if grep -qe "$unwanted" <<<"$said"; then fail "nameclt ${*:2} said: $said"; fi
}

# catior reads our references, the root's and a context's.
catior "$root" >"$work/root.txt"
grep -q 'IDL:omg.org/CosNaming/NamingContextExt:1.0' "$work/root.txt" || fail "catior said: $(cat "$work/root.txt")"
grep -q 'NameService' "$work/root.txt" || fail "catior said: $(cat "$work/root.txt")"
grep -qE 'IIOP 1\.2 127\.0\.0\.1 [0-9]+' "$work/root.txt" || fail "catior said: $(cat "$work/root.txt")"

context=$(nameclt_on "$corbaloc" bind_new_context trading.dir)
[[ $context == IOR:* ]] || fail "bind_new_context said: $context"
catior "$context" | grep -q 'IDL:omg.org/CosNaming/NamingContextExt:1.0' || fail "catior does not read a context"

# Objects: bound, listed, resolved, rebound, unbound; through corbaloc and through the IOR.
expect '' "$corbaloc" bind trading.dir/exchange.service "$root"
expect 'exchange.service' "$root" list trading.dir
expect 'trading.dir/' "$root" list
resolved=$(nameclt_on "$root" resolve trading.dir/exchange.service)
[ "$(catior "$resolved")" = "$(catior "$root")" ] || fail "resolved to another reference: $resolved"
expect 'AlreadyBound' "$root" bind trading.dir/exchange.service "$context"
expect '' "$root" rebind trading.dir/exchange.service "$context"
resolved=$(nameclt_on "$root" resolve trading.dir/exchange.service)
[ "$resolved" = "$context" ] || fail "rebound to another reference: $resolved"
expect '' "$root" unbind trading.dir/exchange.service
expect 'NotFound' "$root" resolve trading.dir/exchange.service
refuse 'exchange' "$root" list trading.dir

# Contexts: bound twice, used through either name, removed only when empty.
loose=$(nameclt_on "$root" new_context)
[[ $loose == IOR:* ]] || fail "new_context said: $loose"
expect '' "$root" bind_context loose "$loose"
expect '' "$root" bind_context trading.dir/again "$loose"
expect '' "$root" bind loose/x "$root"
expect 'x' "$root" list trading.dir/again
expect '' "$root" rebind_context trading.dir/again "$context"
expect 'again/' "$root" list trading.dir/again
expect 'NotEmpty' "$root" remove_context loose
expect '' "$root" unbind loose/x
expect '' "$root" remove_context loose
expect 'NotFound' "$root" list loose
expect '' "$root" unbind trading.dir/again
expect '' "$context" destroy

# In every GIOP version.
for version in 1.0 1.1 1.2; do
  expect '^IOR:' "$root" -ORBmaxGIOPVersion $version bind_new_context "version${version/./}"
  expect '' "$root" -ORBmaxGIOPVersion $version bind "version${version/./}/root" "$root"
  expect '^root$' "$root" -ORBmaxGIOPVersion $version list "version${version/./}"
  expect 'NotFound' "$root" -ORBmaxGIOPVersion $version resolve "version${version/./}/none"
  [ "$(nameclt_on "$root" -ORBmaxGIOPVersion $version resolve "version${version/./}/root")" = "$root" ] ||
    fail "GIOP $version resolves to another reference"
done

# More names than nameclt takes from one list.
for i in $(seq 40); do nameclt_on "$root" bind "many$i" "$root" >/dev/null; done
[ "$(nameclt_on "$root" list | grep -c '^many')" -eq 40 ] || fail "list showed: $(nameclt_on "$root" list)"

stop naming || fail "the naming service ended with $?"
