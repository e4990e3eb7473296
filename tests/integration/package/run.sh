#!/usr/bin/env bash
# Usage: run.sh BUILD COMPILER CMAKE
# Installs the build to a fresh prefix, then builds and runs a project that knows only find_package().
set -euo pipefail
build=$1 compiler=$2 cmake=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../support/processes.sh"

"$cmake" --install "$build" --prefix "$work/prefix" >"$work/install.log" 2>&1 ||
  { cat "$work/install.log"; fail "cannot install"; }
for file in bin/corbel-idl bin/corbel-naming bin/corbel-events include/corbel/orb.hpp share/corbel/idl/CosNaming.idl; do
  [ -e "$work/prefix/$file" ] || fail "the installation lacks $file"
done

# The sources are copied, so that nothing of this repository is found beside them.
cp -r "$here/consumer" "$work/consumer"
"$cmake" -S "$work/consumer" -B "$work/build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/configure.log" 2>&1 ||
  { cat "$work/configure.log"; fail "find_package(Corbel) does not work"; }
"$cmake" --build "$work/build" >"$work/build.log" 2>&1 || { cat "$work/build.log"; fail "the project does not build"; }
answer=$(run_limited 30 "$work/build/consumer") || fail "the program ended with $?"
[ "$answer" = "3 + 4 = 7" ] || fail "the program said '$answer'"
echo "installed, found, built and run"
