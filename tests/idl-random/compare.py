#!/usr/bin/env python3
"""compare.py DIR: judges the files of DIR with omniidl and compares with DIR/verdicts.txt.

Prints every difference that EXPLAINED (explained.py) does not explain, and a summary; ends with 1 if there is one.
omniidl's own parser is called, one forked process a file, because a start of the program takes longer
than all its work and because it does not survive some of these files.
"""
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, "/usr/lib/omniidl")
import _omniidl  # noqa: E402
import omniidl.idlast  # noqa: E402,F401  (the parser looks it up)
import omniidl.idltype  # noqa: E402,F401

from explained import EXPLAINED  # noqa: E402


def omniidl_judges(path):
    """(verdict, messages): "accepted", "refused" or "crashed"."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            with open(path, encoding="latin-1") as text:
                tree = _omniidl.compile(text, str(path))
            os._exit(1 if tree is None else 0)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        messages = output.read().decode("latin-1")
    verdict = {0: "accepted", 1: "refused"}.get(os.waitstatus_to_exitcode(status), "crashed")
    # It often stumbles over its own repair of what it has refused already.
    if verdict == "crashed" and re.search(r"^\S+:\d+: (?!Warning)", messages, re.MULTILINE):
        verdict = "refused"
    return verdict, messages


def explanation(ours, theirs, why, messages, text):
    for name, (our_verdict, our_pattern, their_pattern, text_pattern) in EXPLAINED.items():
        if (our_verdict == ours and re.search(our_pattern, why) and re.search(their_pattern, messages)
                and re.search(text_pattern, text)):
            return name
    return None


def main():
    folder = pathlib.Path(sys.argv[1])
    counts = {"accepted": 0, "refused": 0}
    explained = {}
    crashed = unexplained = 0
    for line in (folder / "verdicts.txt").read_text(encoding="latin-1").splitlines():
        name, ours, *rest = line.split(" ", 2)
        why = rest[0] if rest else ""
        path = folder / (name + ".idl")
        theirs, messages = omniidl_judges(path)
        if theirs == "crashed":
            crashed += 1
            continue
        if theirs == ours:
            counts[ours] += 1
            continue
        reason = explanation(ours, theirs, why, messages, path.read_text(encoding="latin-1"))
        if reason is not None:
            explained[reason] = explained.get(reason, 0) + 1
            continue
        unexplained += 1
        print(f"{path}: corbel-idl {ours} it ({why}), omniidl {theirs} it:")
        print("    " + "\n    ".join(messages.splitlines()[:4]))
    print(f"accepted by both {counts['accepted']}, refused by both {counts['refused']}, "
          f"omniidl crashed on {crashed}, unexplained {unexplained}")
    for reason, count in sorted(explained.items()):
        print(f"  explained: {count} x {reason}")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
