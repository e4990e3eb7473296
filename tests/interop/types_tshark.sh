#!/usr/bin/env bash
# Usage: types_tshark.sh CORBEL-PEER OMNIORB-PEER VERSION
# Captures a run in both directions; tshark must find no malformed message and every kind of message, in
# GIOP 1.2 in fragments too.
# Capturing needs root, as in CI; without it this fails rather than pass over what it is for.
set -euo pipefail
corbel=$1
omniorb=$2
version=$3
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/../support/processes.sh"
export OMNIORB_CONFIG=/dev/null
# In fragments of GIOP 1.1, which have no request id, tshark takes the first octets for one and then calls
# what it puts together malformed.
export CORBEL_FRAGMENT_SIZE=0
if [ "$version" = 1.2 ]; then CORBEL_FRAGMENT_SIZE=16384; fi
# As in types_between.sh: omniORB speaks 1.0 only when a reference brings it to.
maximum=$version
if [ "$version" = 1.0 ]; then maximum=1.2; fi
command -v tshark >/dev/null || fail "tshark is not installed (scripts/setup.sh installs it)"

start corbel_server "$corbel" server "$work/corbel.ior"
start omniorb_server "$omniorb" server "$work/omniorb.ior" "$maximum"
wait_for_file "$work/corbel.ior"
wait_for_file "$work/omniorb.ior"
port_of() {
  catior "$(cat "$1")" | sed -nE 's/.*IIOP 1\.[0-9] 127\.0\.0\.1 ([0-9]+) .*/\1/p' | head -n 1
}
ours=$(port_of "$work/corbel.ior")
theirs=$(port_of "$work/omniorb.ior")
[ -n "$ours" ] && [ -n "$theirs" ] || fail "no ports in the references"

capture=$work/run.pcapng
start tshark tshark -i lo -B 512 -w "$capture" "tcp port $ours or tcp port $theirs"
capture_is_on() {
  grep -q Capturing "$work/tshark.err" && [ -s "$capture" ]
}
wait_until 15 capture_is_on || fail "tshark cannot capture on lo (it needs root or CAP_NET_RAW)"

reference() {
  if [ "$version" = 1.0 ]; then "$here/types_corbaloc.py" "$1" 1.0; else cat "$1"; fi
}
text=()
if [ "$version" != 1.2 ]; then text=(latin-1); fi
their_reference=$(reference "$work/omniorb.ior")
our_reference=$(reference "$work/corbel.ior")
run_limited 80 "$corbel" client "$their_reference" "$version" all "${text[@]}" >"$work/run.out" 2>&1 ||
  fail "Corbel's client: $(grep -v '^ok' "$work/run.out")"
# Whether omniORB's client likes the answers is another test's question.
omni_client() {
  run_limited 80 "$omniorb" client "$our_reference" "$version" "$1" "${text[@]}" \
    -ORBmaxGIOPVersion "$maximum" >"$work/run.out" 2>&1 || true
}
omni_client all
omni_client large
sync_is_done() {
  ! grep -q . <(find "$capture" -newermt '-1 seconds')
}
wait_until 10 sync_is_done || true
stop tshark INT || true
# A gap makes tshark join fragments of a request with those of its reply, which has the same id.
if grep -Eq '[1-9][0-9]* packets? dropped' "$work/tshark.err"; then
  fail "the capture has gaps: $(grep dropped "$work/tshark.err")"
fi

# With two processors, packets may stand in the capture in another order than they were sent in.
dissect=(tshark -r "$capture" -d "tcp.port==$ours,giop" -d "tcp.port==$theirs,giop"
  -o tcp.reassemble_out_of_order:TRUE)
# read_capture FILTER: the messages that it matches, "source port, GIOP type, minor version".
read_capture() {
  "${dissect[@]}" -Y "$1" -T fields -e frame.number -e tcp.srcport -e giop.type -e giop.minor_version \
    2>/dev/null
}
read_capture giop >"$work/messages.txt"
messages=$(wc -l <"$work/messages.txt")
[ "$messages" -gt 500 ] || fail "only $messages GIOP messages were captured"
# What omniORB sends is not ours to answer for. Nor is what tshark has joined in 1.1, where we send no
# fragments here and omniORB does: it may take a whole message of ours for the last of omniORB's.
joined=
if [ "$version" = 1.1 ]; then joined=" && !giop.fragments"; fi
read_capture "_ws.malformed && (tcp.srcport == $ours || tcp.dstport == $theirs)$joined" >"$work/malformed.txt"
if [ -s "$work/malformed.txt" ]; then
  "${dissect[@]}" -V -Y "frame.number == $(head -n 1 "$work/malformed.txt" | cut -f 1)" >&2 || true
  fail "malformed messages of ours: $(cat "$work/malformed.txt")"
fi
minor=${version#1.}
types=(0 1 3 4)
if [ "$version" = 1.2 ]; then types+=(7); fi
for type in "${types[@]}"; do
  from=
  # omniORB sends fragments too: these are to be ours.
  if [ "$type" = 7 ]; then from=" && tcp.srcport == $ours"; fi
  [ -n "$(read_capture "giop.type == $type && giop.minor_version == $minor$from")" ] ||
    fail "no message of GIOP type $type in version $version was captured"
done
echo "$messages messages in GIOP $version, none of ours malformed"
stop corbel_server || fail "Corbel's server ended with $?"
