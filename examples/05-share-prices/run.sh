#!/usr/bin/env bash
# Usage: run.sh BIN BUILD [PRICES.csv]
# The share-price demonstration as eight processes: BIN holds its programs, BUILD is the build folder
# with corbel-naming and corbel-events. Ends non-zero unless every consumer got every event in order
# and the trader was called back. Free ports; ends only its own processes, by their ids.
set -euo pipefail
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  sed -n '2,3s/^# //p' "$0" >&2
  exit 2
fi
bin=$1
build=$2
prices=${3:-$(dirname "${BASH_SOURCE[0]}")/prices.csv}
if [ ! -f "$prices" ] || [ ! -r "$prices" ]; then
  echo "run.sh: cannot read $prices: a CSV file with date,symbol,price rows is expected" >&2
  exit 2
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/corbel-shares.XXXXXX")
declare -A ids=()
readers=()
slowdown=${CORBEL_TEST_SLOWDOWN:-1}

# launch NAME COMMAND...: in the background, its lines shown with its name and kept in $work/NAME.log
launch() {
  local name=$1
  shift
  mkfifo "$work/$name.pipe"
  tee "$work/$name.log" <"$work/$name.pipe" | sed -u "s/^/$(printf '%-9s| ' "$name")/" &
  readers+=($!)
  "$@" >"$work/$name.pipe" 2>&1 &
  ids[$name]=$!
}

# wait_for NAME TEXT: until the process has said so
wait_for() {
  local left=$((1000 * slowdown))
  until grep -qs -- "$2" "$work/$1.log"; do
    if ! kill -0 "${ids[$1]}" 2>/dev/null; then
      echo "run.sh: $1 ended too early" >&2
      return 1
    fi
    left=$((left - 1))
    if [ $left -le 0 ]; then
      echo "run.sh: $1 is not ready after 20 s" >&2
      return 1
    fi
    sleep 0.02
  done
}

# finish NAME: waits for its own end; non-zero if it failed
finish() {
  local status=0
  wait "${ids[$1]}" || status=$?
  unset "ids[$1]"
  [ $status -eq 0 ] || echo "run.sh: $1 ended with $status" >&2
  return $status
}

# stop NAME: asks it to end (SIGTERM), for at most 10 s
stop() {
  local id=${ids[$1]} left=$((500 * slowdown))
  kill -TERM "$id" 2>/dev/null || true
  while kill -0 "$id" 2>/dev/null && [ $left -gt 0 ]; do
    left=$((left - 1))
    sleep 0.02
  done
  [ $left -gt 0 ] || kill -KILL "$id" 2>/dev/null || true
  finish "$1"
}

end_all() {
  local name
  for name in "${!ids[@]}"; do
    kill -KILL "${ids[$name]}" 2>/dev/null || true
    wait "${ids[$name]}" 2>/dev/null || true
  done
  [ ${#readers[@]} -eq 0 ] || wait "${readers[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap end_all EXIT
trap 'exit 130' INT TERM

echo "run.sh: share prices from $prices"
launch naming "$build/naming-service/corbel-naming" --port 0 --ior-file "$work/naming.ior"
wait_for naming ready
naming=$(cat "$work/naming.ior")
launch events "$build/event-service/corbel-events" --port 0 --naming "$naming" \
  --channel prices --queue 500 --overflow block
launch exchange "$bin/shares-exchange" --naming "$naming" --prices "$prices"
wait_for events ready
wait_for exchange ready

for consumer in chart table ticker trader; do
  launch $consumer "$bin/shares-$consumer" --naming "$naming" --channel prices
done
for consumer in chart table ticker trader; do wait_for $consumer ready; done
launch feed "$bin/shares-feed" --naming "$naming" --channel prices --prices "$prices"

status=0
for name in feed chart table ticker trader; do finish $name || status=1; done
for name in exchange events naming; do stop $name || status=1; done
wait "${readers[@]}"
readers=()
if [ $status -eq 0 ]; then
  echo "run.sh: OK: every consumer got every event in order, the trader's callback was right"
else
  echo "run.sh: FAILED: see above" >&2
fi
exit $status
