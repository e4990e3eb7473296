#!/usr/bin/env bash
# Usage: run.sh BUILD COMPILER CMAKE
# Installs the build to a fresh prefix, then builds and runs projects that know only find_package().
set -euo pipefail
build=$1 compiler=$2 cmake=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../support/processes.sh"

"$cmake" --install "$build" --prefix "$work/prefix" >"$work/install.log" 2>&1 ||
  { cat "$work/install.log"; fail "cannot install"; }
for file in bin/corbel-idl bin/corbel-naming bin/corbel-events bin/protoc-gen-corbel include/corbel/orb.hpp share/corbel/idl/CosNaming.idl; do
  [ -e "$work/prefix/$file" ] || fail "the installation lacks $file"
done

# consume PROJECT: builds and runs it. The sources are copied, so that nothing of this repository is found beside them.
consume() {
  local project=$1 answer
  cp -r "$here/$project" "$work/$project"
  "$cmake" -S "$work/$project" -B "$work/$project-build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/configure.log" 2>&1 ||
    { cat "$work/configure.log"; fail "$project: find_package(Corbel) does not work"; }
  "$cmake" --build "$work/$project-build" >"$work/build.log" 2>&1 ||
    { cat "$work/build.log"; fail "$project does not build"; }
  answer=$(run_limited 30 "$work/$project-build/consumer") || fail "$project: the program ended with $?"
  [ "$answer" = "3 + 4 = 7" ] || fail "$project: the program said '$answer'"
}
consume consumer
consume dynamic-consumer
consume proto-consumer
echo "installed, found, built and run"
