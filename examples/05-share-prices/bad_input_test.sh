#!/usr/bin/env bash
# Usage: bad_input_test.sh RUN BIN BUILD   what the demonstration does with files that real people have
set -euo pipefail
run=("$@")
folder=$(mktemp -d "${TMPDIR:-/tmp}/corbel-shares-input.XXXXXX")
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "FAILED: $*" >&2
  cat "$folder/out" >&2
  exit 1
}

printf '\xef\xbb\xbfDate , Symbol,Price\r\n2024-01-02,"ACME",76.10\r\n\r\n2024-01-03, ACME , 90.5\r\n' >"$folder/messy.csv"
printf '2024-01-04,ACME,nan\n2024-01-04,ACME,-3\n2024-13-04,ACME,3\n,,\n2024-01-05,ACME\n' >>"$folder/messy.csv"
printf '2024-01-05,"Z ""B"" C",1e2\n2024-01-08,ACME,80' >>"$folder/messy.csv"
"${run[@]}" "$folder/messy.csv" >"$folder/out" 2>&1 || fail "messy.csv: ended with $?"
for line in 5 6 7 8 9; do
  grep -q "messy.csv:$line: .*skipped" "$folder/out" || fail "line $line was not reported"
done
grep -q '4 price changes published' "$folder/out" || fail "4 rows make sense"
grep -q 'called back: ACME is at 90.50' "$folder/out" || fail "the trader was not called back"

: >"$folder/empty.csv"
if "${run[@]}" "$folder/empty.csv" >"$folder/out" 2>&1; then fail "an empty file was accepted"; fi
grep -q 'holds no row' "$folder/out" || fail "no clear message for an empty file"

if "${run[@]}" "$folder/missing.csv" >"$folder/out" 2>&1; then fail "a missing file was accepted"; fi
grep -q 'cannot read .*missing.csv' "$folder/out" || fail "no clear message for a missing file"
