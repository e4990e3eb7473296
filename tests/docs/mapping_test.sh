#!/bin/bash
# mapping_test.sh CORBEL_IDL PAGE.md SOURCE_FOLDER WORK_FOLDER COMPILER...
# The examples of docs/mapping.md: its IDL blocks together are one file, which must compile; what
# stands in blocks marked "cpp generated" must stand in the header, line by line and in order within
# the block; other C++ blocks must compile with it, as statements ("cpp") or definitions ("cpp file").
set -eu
corbel_idl=$1 page=$2 source=$3 work=$4
shift 4

rm -rf "$work"
mkdir -p "$work"
awk -v work="$work" '
  /^```/ && !inside {
    inside = 1
    kind = substr($0, 4)
    if (kind == "cpp generated") quoted = work "/generated_" ++blocks ".txt"
    if (kind == "cpp") {
      print "[[maybe_unused]] static void example_" ++examples "(corbel::Orb& orb) {" > (work "/examples.cpp")
      print "static_cast<void>(orb);" > (work "/examples.cpp")
    }
    next
  }
  /^```/ {
    if (kind == "cpp") print "}" > (work "/examples.cpp")
    inside = 0
    next
  }
  inside && kind == "idl" { print > (work "/mapping.idl") }
  inside && (kind == "cpp" || kind == "cpp file") { print > (work "/examples.cpp") }
  inside && kind == "cpp generated" { print FILENAME ":" FNR ":" $0 > quoted }
' "$page"

"$corbel_idl" -o "$work" "$work/mapping.idl"
for standard in CosNaming orb; do "$corbel_idl" -o "$work" "$source/idl/library/$standard.idl"; done

failed=0
for block in "$work"/generated_*.txt; do
  awk -v header="$work/mapping.idl.hpp" '
    function trimmed(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }
    BEGIN { while ((getline line < header) > 0) lines[++count] = trimmed(line) }
    {
      match($0, /^[^:]*:[0-9]*:/)
      place = substr($0, 1, RLENGTH)
      wanted = trimmed(substr($0, RLENGTH + 1))
      if (wanted == "" || wanted == "...") next
      at = next_line + 1
      while (at <= count && lines[at] != wanted) ++at
      if (at > count) {
        print place " the generated header has no such line (any more, or here): " wanted
        bad = 1
      } else {
        next_line = at
      }
    }
    END { exit bad }' "$block" || failed=1
done

{
  echo '#include <mapping.idl.hpp>'
  for header in any dynamic dynamic_value fixed json object orb; do echo "#include <corbel/$header.hpp>"; done
  for header in chrono iostream memory string type_traits; do echo "#include <$header>"; done
  cat "$work/examples.cpp"
} > "$work/mapping.cpp"
for compiler in "$@"; do
  for file in "$work/mapping.cpp" "$work/mapping.idl.cpp"; do
    "$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wno-unused-variable \
      -Wno-unused-but-set-variable -Werror -I "$work" -I "$source/include" "$file" || failed=1
  done
done
exit $failed
