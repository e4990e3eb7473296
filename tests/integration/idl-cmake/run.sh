#!/bin/bash
# run.sh CORBEL_IDL CORBEL_SOURCE CXX CMAKE
set -euo pipefail
corbel_idl=$1 source=$2 compiler=$3 cmake=$4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$(dirname "$0")/project" "$work/a project"
cd "$work"

fail() {
  echo "$1" >&2
  exit 1
}
build() {
  "$cmake" --build build > "$work/log" 2>&1 || { cat "$work/log"; fail "the build failed"; }
}

"$cmake" -S "a project" -B build -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
  -DCORBEL_IDL_PROGRAM="$corbel_idl" -DCORBEL_SOURCE="$source" > log 2>&1 || { cat log; fail "cmake failed"; }
build
build/program/program || fail "the program sees other values"

build
grep -q "no work to do" log || { cat log; fail "a second build had work to do"; }

sed -i 's/corners = 4/corners = 3/' "a project/idl/common/corners.idl"
build
grep -q "Compiling IDL shape.idl" log || { cat log; fail "shape.idl was not compiled again for the file it includes"; }
if build/program/program; then fail "the program did not see the change"; fi

# Two files that would be compiled to one header.
mkdir -p "a project/idl/other"
cp "a project/idl/extra.idl" "a project/idl/other/extra.idl"
sed -i 's|^corbel_idl(header idl/extra.idl)|corbel_idl(header idl/extra.idl idl/other/extra.idl)|' \
  "a project/CMakeLists.txt"
if "$cmake" -S "a project" -B build > log 2>&1; then fail "two files of one name were accepted"; fi
tr -s ' \n' ' ' < log | grep -q "idl/extra.idl and .*idl/other/extra.idl would be compiled to .*OUTPUT_DIR" ||
  { cat log; fail "the message about two files of one name does not say what to do"; }
echo "all kinds of targets were built"
