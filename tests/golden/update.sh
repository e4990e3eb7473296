#!/bin/bash
# update.sh BUILD-FOLDER: makes the expected files anew. Read the difference before committing it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
corbel_idl=$(find "$1" -name corbel-idl -type f -perm -u+x | head -1)
for case in "$here"/*.idl "$here"/../../idl/library/Cos*.idl; do
  "$corbel_idl" -I "$here" -o "$here/expected" "$case"
done
