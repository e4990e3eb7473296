#!/usr/bin/env python3
"""check.py CORBEL_IDL WORK_FOLDER INCLUDE_FOLDER [COMPILER...]: compiles every IDL file that Debian ships.

What omniidl accepts corbel-idl must accept and turn into C++, and what omniidl refuses it must refuse, unless
DIFFERENT (below) says why. With compilers, each generated file must compile with each of them, warnings being errors.
"""
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# omniorb-idl, libomnievents-dev, omniorb-doc.
FOLDERS = ["/usr/share/idl/omniORB", "/usr/share/idl/omniEvents", "/usr/lib/omniorb/examples"]
INCLUDES = ["/usr/share/idl/omniORB", "/usr/share/idl/omniORB/COS", "/usr/share/idl/omniEvents"]
FEWEST = 60

# File name: why the two differ.
DIFFERENT = {}

WARNINGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode == 0, done.stdout


def includes(*folders):
    return [argument for folder in folders for argument in ("-I", folder)]


def judge(corbel_idl, output, path):
    """The complaint about this file, or None."""
    theirs, their_words = run("/usr/bin/omniidl", "-bdump", *["-I" + f for f in INCLUDES], str(path))
    ours, our_words = run(corbel_idl, *includes(*INCLUDES), "-o", str(output), str(path))
    if theirs == ours or path.name in DIFFERENT:
        return None
    verdict = "accepts" if theirs else "refuses"
    return f"{path}: omniidl {verdict} it, corbel-idl does not:\n{our_words if theirs else their_words}"


def compile_generated(compiler, output, include, source):
    good, words = run(compiler, *WARNINGS, *includes(str(output), include), str(source))
    return None if good else f"{compiler} {source}:\n{words}"


def main():
    corbel_idl, work, include, *compilers = sys.argv[1:]
    output = pathlib.Path(work)
    output.mkdir(parents=True, exist_ok=True)
    for old in output.iterdir():
        old.unlink()
    files = sorted(path for folder in FOLDERS for path in pathlib.Path(folder).rglob("*.idl"))
    # Two examples have the same name; the later one's code replaces the earlier one's.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = list(pool.map(lambda path: judge(corbel_idl, output, path), files))
        sources = sorted(output.glob("*.cpp"))
        for compiler in compilers:
            complaints += pool.map(lambda source: compile_generated(compiler, output, include, source), sources)
    complaints = [complaint for complaint in complaints if complaint is not None]
    print(*complaints, sep="\n")
    print(f"{len(files)} files, {len(sources)} compiled to C++, {len(complaints)} complaints")
    sys.exit(1 if complaints or len(sources) < FEWEST else 0)


if __name__ == "__main__":
    main()
