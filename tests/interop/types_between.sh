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
  python3 - "$1" <<'END'
import struct, sys

def after_text(data, order, at):
    return at + 4 + struct.unpack_from(order + "I", data, at)[0]

def aligned(at, size):
    return (at + size - 1) // size * size

with open(sys.argv[1]) as file:
    ior = bytes.fromhex(file.read().strip()[len("IOR:"):])
order = "<" if ior[0] else ">"
first = aligned(after_text(ior, order, 4), 4) + 4  # behind the type and the number of profiles
profile = ior[first + 8:after_text(ior, order, first + 4)]
order = "<" if profile[0] else ">"
end = after_text(profile, order, 4)
port = struct.unpack_from(order + "H", profile, aligned(end, 2))[0]
key_at = aligned(aligned(end, 2) + 2, 4)
key = profile[key_at + 4:after_text(profile, order, key_at)]
host = profile[8:end - 1].decode()
print(f"corbaloc:iiop:1.0@{host}:{port}/" + "".join(f"%{octet:02x}" for octet in key))
END
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
for group in all large; do
  [ "$direction" = theirs ] || run_client "corbel_on_omniorb_$group" \
    "$corbel" client "$theirs" "$version" $group "${corbel_latin[@]}"
  [ "$direction" = ours ] || run_client "omniorb_on_corbel_$group" \
    "$omniorb" client "$ours" "$version" $group "${latin[@]}" -ORBmaxGIOPVersion "$omni_maximum"
done
[ -z "$failed" ] || fail "these clients failed:$failed"

names_of() {
  cat "$work/$1_all.checks" "$work/$1_large.checks" | sed -E 's/^(ok|skipped) //; s/: .*//' |
    grep -v 'no protocol errors'
}
[ "$direction" != both ] || diff <(names_of corbel_on_omniorb) <(names_of omniorb_on_corbel) || fail "the clients' checks differ"
stop corbel_server || fail "Corbel's server ended with $?"
