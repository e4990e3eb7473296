#!/bin/bash
# golden_test.sh CORBEL_IDL CASE.idl SOURCE_FOLDER WORK_FOLDER COMPILER...
# Compiles the case twice (the output must not vary), compares it with the expected files and
# compiles it with each compiler.
set -eu
corbel_idl=$1 case=$2 source=$3 work=$4
shift 4

name=$(basename "$case")
# The code of other cases and standard files that this one includes.
expected=$source/tests/golden/expected
out=$work/${name%.idl}
rm -rf "$out"
mkdir -p "$out/first" "$out/second"
"$corbel_idl" -I "$source/tests/golden" -o "$out/first" "$case"
(cd "$(dirname "$case")" && "$corbel_idl" -I "$source/tests/golden" -o "$out/second" "$name")
diff -r "$out/first" "$out/second"

failed=0
for file in "$name.hpp" "$name.cpp"; do
  diff -u "$expected/$file" "$out/first/$file" || failed=1
  if awk -v name="$file" 'length > 100 { print name ":" FNR ": longer than 100 columns"; bad = 1 }
                          END { exit !bad }' "$out/first/$file"; then
    failed=1
  fi
done
for compiler in "$@"; do
  "$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
    -Wnon-virtual-dtor -Werror -I "$out/first" -I "$expected" -I "$source/include" \
    "$out/first/$name.cpp" || failed=1
done
exit $failed
