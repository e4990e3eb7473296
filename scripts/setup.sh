#!/usr/bin/env bash
# Installs the Debian 12 packages that Corbel needs, as root or through sudo, and only those missing.
set -euo pipefail

usage() {
  cat <<'END'
Usage: scripts/setup.sh [--build-only | --tests]

Installs the Debian packages that are missing. When none is, it takes a second.
  --tests       what building, running and testing needs (the default)
  --build-only  what building and running needs
END
}

# To build Corbel and programs that use it.
build_packages=(
  g++ cmake ninja-build ccache
  libboost1.81-dev libboost-serialization1.81-dev libboost-json1.81-dev
  # Wave's CMake package asks for thread (and so chrono), its Debian package does not.
  libboost-wave1.81-dev libboost-thread1.81-dev
  libprotobuf-dev protobuf-compiler libprotoc-dev
  libspdlog-dev libcli11-dev libsqlite3-dev libssl-dev
)
# The second compiler and its sanitizers, the peers that tests talk to, and tools that look at us.
test_packages=(
  libgtest-dev libgmock-dev libbenchmark-dev
  clang-16 libclang-rt-16-dev llvm-16 clang-format-16 clang-tidy-16
  omniorb omniidl omniorb-idl omniorb-doc libomniorb4-dev omniorb-nameserver omnievents libomnievents-dev
  python3-tango  # the control system of tests/interop/tango
  pkg-config python3 tshark strace valgrind iproute2 procps
)

wanted=("${build_packages[@]}" "${test_packages[@]}")
case "${1:-}" in
  "" | --tests) ;;
  --build-only) wanted=("${build_packages[@]}") ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

missing_packages() {
  local package
  for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "setup.sh: needs Debian 12 (no apt-get here); install by hand: ${missing[*]}" >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup.sh: not root and no sudo; as root run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

# RUNLEVEL=1 keeps packages from starting their daemons (omniNames, omniEvents): tests start their own.
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

echo "setup.sh: installing ${#missing[@]} packages: ${missing[*]}"
# The lists may be absent or too old to hold what is asked for.
if ! apt install --no-install-recommends --download-only "${missing[@]}" >/dev/null 2>&1; then
  apt update
fi
apt install --no-install-recommends "${missing[@]}"
