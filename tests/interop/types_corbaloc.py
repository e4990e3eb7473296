#!/usr/bin/env python3
"""Usage: types_corbaloc.py IOR-FILE VERSION

Prints the reference in the file as a corbaloc of that IIOP version, which names no code sets: it brings
clients to speak an older GIOP.
"""
import struct, sys

def after_text(data, order, at):
    return at + 4 + struct.unpack_from(order + "I", data, at)[0]

def aligned(at, size):
    return (at + size - 1) // size * size

with open(sys.argv[1]) as file:
    ior = bytes.fromhex(file.read().strip()[len("IOR:"):])
order = "<" if ior[0] else ">"
first = aligned(after_text(ior, order, 4), 4) + 4  # behind the type and the number of profiles
profile = ior[first + 8:after_text(ior, order, first + 4)]
order = "<" if profile[0] else ">"
end = after_text(profile, order, 4)
port = struct.unpack_from(order + "H", profile, aligned(end, 2))[0]
key_at = aligned(aligned(end, 2) + 2, 4)
key = profile[key_at + 4:after_text(profile, order, key_at)]
host = profile[8:end - 1].decode()
print(f"corbaloc:iiop:{sys.argv[2]}@{host}:{port}/" + "".join(f"%{octet:02x}" for octet in key))
