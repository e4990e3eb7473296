#!/bin/bash
# run.sh IDL_RANDOM SEED COUNT WORK_FOLDER: makes COUNT random IDL files, has them judged by corbel-idl
# and by omniidl, and fails if the two differ in a way that explained.py does not explain.
set -eu
idl_random=$1 seed=$2 count=$3 work=$4
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$work"
mkdir -p "$work"
"$idl_random" "$seed" "$count" "$work"
# Debian's own Python: omniidl's parser is an extension of it.
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$here/compare.py" "$work"
