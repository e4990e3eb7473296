#!/usr/bin/env bash
# Usage: run.sh BIN   a room and three people; each must hear every line said after they joined, in order.
# Then the same with people whom nobody can connect to.
set -euo pipefail
bin=$1
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/support/processes.sh"

room_options=()
people_options=()

meet() {
  start room "$bin/chat-server" "${room_options[@]}"
  wait_for_line room '^IOR:'
  room=$(head -n 1 "$work/room.out")

  start anna "$bin/chat-client" "${people_options[@]}" "$room" anna
  wait_for_line anna 'there are 1'
  start ben "$bin/chat-client" "${people_options[@]}" "$room" ben
  wait_for_line ben 'there are 2'
  run_limited 40 "$bin/chat-client" "${people_options[@]}" "$room" carl "good morning" "how are you?" bye \
    >"$work/carl.out" || fail "carl ended with $?"

  for name in anna ben; do
    wait_until 10 grep -q bye "$work/$name.out" || fail "$name did not hear the end"
    finish $name || fail "$name ended with $?"
  done
  for name in anna ben carl; do
    echo "$name:"
    sed 's/^/  /' "$work/$name.out"
    tail -n +2 "$work/$name.out" | diff - <(printf 'carl: %s\n' "good morning" "how are you?" bye) ||
      fail "$name heard something else"
  done
  stop room || fail "the room ended with $?"
}

meet
echo "behind a firewall:"
room_options=(--corbel-bidirectional accept)
people_options=(--corbel-bidirectional offer --corbel-listen no)
meet
