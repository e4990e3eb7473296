# For tests and demonstrations that run several processes; source it.
#
#   start naming corbel-naming --port 0 --ior-file "$work/naming.ior"   background, output in $work
#   wait_for_file "$work/naming.ior"       until it is there and not empty (10 s)
#   wait_for_line naming ready             until the process printed a line with it (10 s)
#   stop naming                            SIGTERM, its exit status (137: had to be killed)
#   finish client                          waits for its own end (20 s), its exit status
#   run_limited 30 client "$ref"           at most 30 s
#
# Every started process is ended when the script ends, by its id. $work is a fresh folder, removed
# at the end. CORBEL_TEST_SLOWDOWN multiplies the waits (valgrind, sanitizers).

work=$(mktemp -d "${TMPDIR:-/tmp}/corbel.XXXXXX")
declare -A process_ids=()
slowdown=${CORBEL_TEST_SLOWDOWN:-1}

start() {
  local name=$1
  shift
  # The new process empties its files itself, but maybe not before somebody looks.
  rm -f "$work/$name.out" "$work/$name.err"
  "$@" >"$work/$name.out" 2>"$work/$name.err" &
  process_ids[$name]=$!
}

is_running() {
  kill -0 "${process_ids[$1]}" 2>/dev/null
}

show_output() {
  local name
  for name in "${!process_ids[@]}"; do
    echo "--- output of $name:"
    cat "$work/$name.out" "$work/$name.err"
  done >&2
}

fail() {
  echo "FAILED: $*" >&2
  show_output
  exit 1
}

# wait_until SECONDS COMMAND...: polls; the only way to notice what another process has done.
wait_until() {
  local left=$(($1 * slowdown * 50))
  shift
  until "$@"; do
    [ $left -gt 0 ] || return 1
    left=$((left - 1))
    sleep 0.02
  done
}

wait_for_file() {
  wait_until 10 test -s "$1" || fail "no $1 after 10 s"
}

wait_for_line() {
  wait_until 10 grep -qse "$2" "$work/$1.out" || fail "$1 did not say '$2' within 10 s"
}

is_gone() {
  ! kill -0 "$1" 2>/dev/null
}

# finish NAME: waits for its own end; its exit status
finish() {
  local id=${process_ids[$1]}
  wait_until 20 is_gone "$id" || fail "$1 does not end"
  unset "process_ids[$1]"
  wait "$id"
}

# stop NAME [SIGNAL]
stop() {
  local id=${process_ids[$1]}
  unset "process_ids[$1]"
  kill "-${2:-TERM}" "$id" 2>/dev/null || true
  wait_until 10 is_gone "$id" || kill -KILL "$id" 2>/dev/null || true
  wait "$id"
}

run_limited() {
  timeout --kill-after=5 $(($1 * slowdown)) "${@:2}"
}

end_processes() {
  local name
  for name in "${!process_ids[@]}"; do
    kill -KILL "${process_ids[$name]}" 2>/dev/null || true
    wait "${process_ids[$name]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap end_processes EXIT
