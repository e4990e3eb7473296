#!/usr/bin/env bash
# Usage: check_architecture.sh [FOLDER]
# Checks the house rules on the sources below FOLDER (the repository by default) and prints one line
# for each breach, "file:line: what is wrong"; ends with 1 if there is any.
#
#  - a room of orb/ includes only itself and the rooms that orb/rooms.txt puts below it;
#  - services, tools and examples include only include/corbel, generated headers and their own;
#  - dynamic/ includes beside those the IDL compiler's front end;
#  - public headers include nothing of orb/, and (asio.hpp excepted) no Asio, spdlog or protobuf;
#  - Asio lives in orb/transport, spdlog in orb/base/log.cpp, Boost.Uuid in orb/base/ids.cpp;
#  - no source file is longer than 500 lines;
#  - every room of orb/ is in orb/rooms.txt and has a README.md and a CMakeLists.txt.
set -euo pipefail
cd "${1:-"$(dirname "${BASH_SOURCE[0]}")/../.."}"

# Sources outside this list have no rules about includes: idl/compiler knows nothing of the broker,
# which its own rule below says, and tests may look into every room.
sources() {
  find "$@" -type f \( -name '*.hpp' -o -name '*.cpp' -o -name '*.h' -o -name '*.ipp' \) \
    -not -path '*/golden/*' -not -path '*/build*/*' 2>/dev/null | LC_ALL=C sort
}

check_includes() {
  # shellcheck disable=SC2046 # file names hold no blanks
  awk '
    # orb/rooms.txt: "ior: +cdr" lets ior use cdr and what cdr uses.
    FILENAME == "orb/rooms.txt" {
      if ($0 !~ /^[a-z]+:/) next
      room = $1; sub(/:/, "", room)
      known[room] = 1; may[room, room] = 1
      for (i = 2; i <= NF; i++) {
        below = substr($i, 2)
        for (other in known) if ((below, other) in may) may[room, other] = 1
      }
      next
    }
    function breach(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; found = 1 }
    FNR == 1 {
      split(FILENAME, part, "/")
      area = part[1]
      room = area == "orb" && part[3] != "" ? part[2] : ""
      if (room != "" && !(room in known)) breach("the room " room " is not in orb/rooms.txt")
    }
    !/^[ \t]*#[ \t]*include[ \t]*[<"]/ { next }
    {
      target = $0
      sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", target)
      sub(/[>"].*/, "", target)
      split(target, step, "/")
      quoted_outwards = target ~ /\.\.\//
      if (quoted_outwards) { breach("includes " target ": name the room instead of ../"); next }

      if (target ~ /^boost\/asio/ && room != "transport" && FILENAME != "include/corbel/asio.hpp")
        breach("includes " target ": Asio lives in orb/transport only")
      if (target ~ /^spdlog\// && FILENAME != "orb/base/log.cpp")
        breach("includes " target ": spdlog lives in orb/base/log.cpp only")
      if (target ~ /^boost\/uuid\// && FILENAME != "orb/base/ids.cpp")
        breach("includes " target ": Boost.Uuid lives in orb/base/ids.cpp only")
      if (target ~ /^google\/protobuf\// && area == "include")
        breach("includes " target ": protobuf must stay out of public headers")

      if (step[1] == "orb") {
        if (room != "" && step[3] != "") {
          if (!((room, step[2]) in may))
            breach(room " includes " target ", which is not below it (orb/rooms.txt)")
        } else {
          breach(area " includes " target ": only include/corbel and generated headers are for it")
        }
      }
      # options.pb.h holds what .proto files say to the compiler.
      if (area == "idl" && step[1] == "corbel" && target !~ /\.pb\.h$/)
        breach("the IDL compiler includes " target ": it knows nothing of the broker")
      if (area == "dynamic" && step[1] == "idl" && step[3] != "emit") next
      if (step[1] ~ /^(tests|examples|tools|naming-service|event-service|idl|dynamic)$/ && step[1] != area)
        breach(area " includes " target ": nobody may depend on " step[1])
    }
    END { exit found }
  ' orb/rooms.txt $(sources include orb idl dynamic naming-service event-service tools examples)
}

check_sizes() {
  local file lines found=0
  while read -r file; do
    lines=$(wc -l <"$file")
    if [ "$lines" -gt 500 ]; then
      echo "$file:$lines: longer than 500 lines; which of its purposes can move out?"
      found=1
    fi
  done < <(sources include orb idl dynamic naming-service event-service tools examples tests)
  return $found
}

check_rooms() {
  local folder file found=0
  for folder in orb/*/; do
    for file in README.md CMakeLists.txt; do
      if [ ! -f "$folder$file" ]; then
        echo "$folder:1: a room without $file"
        found=1
      fi
    done
  done
  return $found
}

status=0
check_includes || status=1
check_sizes || status=1
check_rooms || status=1
exit $status
