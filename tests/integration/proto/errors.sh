#!/usr/bin/env bash
# Usage: errors.sh PROTOC PLUGIN LIBRARY   what the plugin refuses, with which words; it writes nothing then.
set -euo pipefail
protoc=$1 plugin=$2 library=$3
work=$(mktemp -d "${TMPDIR:-/tmp}/corbel.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0

# refuses NAME EXPECTED...: the .proto on standard input is refused with all these texts.
refuses() {
  local name=$1 text output
  shift
  { printf 'syntax = "proto3";\npackage t;\nimport "corbel/options.proto";\nimport "google/protobuf/empty.proto";\n'
    cat; } >"$work/$name.proto"
  mkdir -p "$work/out"
  if output=$("$protoc" -I "$work" -I "$library" --plugin=protoc-gen-corbel="$plugin" \
    --corbel_out="$work/out" "$name.proto" 2>&1); then
    echo "$name: was accepted"
    failures=$((failures + 1))
  fi
  for text in "$@"; do
    if ! grep -qF -- "$text" <<<"$output"; then
      printf '%s: expected\n  %s\nin\n%s\n' "$name" "$text" "$output"
      failures=$((failures + 1))
    fi
  done
  if [ -n "$(ls "$work/out")" ]; then
    echo "$name: wrote $(ls "$work/out")"
    failures=$((failures + 1))
  fi
}

refuses server_stream "server_stream.proto:6:15: rpc Watch streams its responses: streams are not supported; pass an object" <<'P'
message M {}
service S {   rpc Watch(M) returns (stream M); }
P
refuses client_stream "rpc Send streams its requests" "rpc Both streams its requests" <<'P'
message M {}
service S { rpc Send(stream M) returns (M); rpc Both(stream M) returns (stream M); }
P
refuses oneway_result "rpc Tell is one-way, so it cannot return t.M: it must return google.protobuf.Empty" <<'P'
message M {}
service S { rpc Tell(M) returns (M) { option (corbel.oneway) = true; } }
P
refuses oneway_raises "rpc Tell is one-way, so it cannot throw t.M" <<'P'
message M {}
service S { rpc Tell(M) returns (google.protobuf.Empty) { option (corbel.oneway) = true; option (corbel.raises) = "M"; } }
P
refuses unknown_exception "rpc Do raises 'Missing', which is no message that this file defines or imports" <<'P'
message M {}
service S { rpc Do(M) returns (M) { option (corbel.raises) = "Missing"; } }
P
refuses same_exception "rpc Do raises '.t.M' twice" <<'P'
message M {}
service S { rpc Do(M) returns (M) { option (corbel.raises) = "M"; option (corbel.raises) = ".t.M"; } }
P
refuses generic_services "option cc_generic_services makes protoc generate classes of the same names" <<'P'
option cc_generic_services = true;
message M {}
service S { rpc Do(M) returns (M); }
P
refuses lite "messages of services need the full runtime" <<'P'
option optimize_for = LITE_RUNTIME;
message M {}
service S { rpc Do(M) returns (M); }
P
[ $failures -eq 0 ] || exit 1
echo "eight mistakes refused"
