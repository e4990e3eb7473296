#!/usr/bin/env bash
# Installs what is missing, builds, and runs the share-price demonstration.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'END'
Usage: scripts/demo.sh [PRICES.csv]

Runs examples/05-share-prices: naming service, event service, exchange, feed, displays, ticker and
trader as separate processes, in under a minute. It checks its own outcome and ends non-zero if an
event was lost. PRICES.csv holds date,symbol,price rows; without it the sample of 5,000 rows is used.
The first run installs packages and builds (some minutes), later ones start at once.
Environment: CORBEL_BUILD_DIR (build/).
END
}

case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac
if [ $# -gt 1 ]; then
  usage >&2
  exit 2
fi
if [ $# -eq 1 ] && [ ! -r "$1" ]; then
  echo "demo.sh: cannot read $1: a CSV file with date,symbol,price rows is expected" >&2
  exit 2
fi

"$root/scripts/setup.sh" --build-only
build=${CORBEL_BUILD_DIR:-$root/build}/release
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
if [ ! -f "$build/build.ninja" ]; then
  (cd "$root" && cmake --preset release -B "$build")
fi
cmake --build "$build" --target demo
exec "$root/examples/05-share-prices/run.sh" "$build/examples/05-share-prices" "$build" "$@"
