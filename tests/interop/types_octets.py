#!/usr/bin/env python3
"""Usage: types_octets.py CORBEL-PEER

Talks to Corbel in octets laid out here by the specification alone, in both byte orders and every GIOP
version: what omniORB on this machine cannot show (big-endian peers, wide characters and long strings in
GIOP 1.1, fragments cut anywhere).
"""
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

REQUEST, REPLY, LOCATE_REQUEST, LOCATE_REPLY, CLOSE_CONNECTION, FRAGMENT = 0, 1, 3, 4, 5, 7
UTF_8, UTF_16 = 0x05010001, 0x00010109


class Writer:
    """CDR: every number aligned to its own size, counted from the message's first octet."""

    def __init__(self, order, start=0):
        self.order, self.start, self.octets = order, start, b""

    def align(self, size):
        # What stands in the gaps means nothing; let it be visible.
        self.octets += b"\xdd" * (-(self.start + len(self.octets)) % size)

    def number(self, letter, value):
        self.align(struct.calcsize(letter))
        self.octets += struct.pack(self.order + letter, value)

    def raw(self, octets):
        self.octets += octets

    def string(self, octets):
        self.number("I", len(octets) + 1)
        self.raw(octets + b"\0")

    def counted(self, octets):
        self.number("I", len(octets))
        self.raw(octets)


class Reader:
    def __init__(self, order, octets, position=0):
        self.order, self.octets, self.position = order, octets, position

    def align(self, size):
        self.position += -self.position % size

    def number(self, letter):
        size = struct.calcsize(letter)
        self.align(size)
        self.position += size
        return struct.unpack(self.order + letter, self.octets[self.position - size:self.position])[0]

    def raw(self, size):
        self.position += size
        return self.octets[self.position - size:self.position]

    def counted(self):
        return self.raw(self.number("I"))

    def rest(self):
        return self.octets[self.position:]


def header(order, minor, kind, size, more=False):
    flags = (1 if order == "<" else 0) | (2 if more else 0)
    return b"GIOP" + bytes([1, minor, flags, kind]) + struct.pack(order + "I", size)


def message(order, minor, kind, writer):
    return header(order, minor, kind, len(writer.octets)) + writer.octets


def code_sets(order):
    writer = Writer(order)
    writer.raw(bytes([1 if order == "<" else 0]))
    writer.number("I", UTF_8)
    writer.number("I", UTF_16)
    return writer.octets


def contexts(writer):
    writer.number("I", 1)
    writer.number("I", 1)
    writer.counted(code_sets(writer.order))


def request(order, minor, number, key, operation, write_arguments):
    """The request's octets behind the header."""
    writer = Writer(order, 12)
    if minor < 2:
        contexts(writer)
        writer.number("I", number)
        writer.raw(b"\1")
        writer.raw(b"\0\0\0" if minor == 1 else b"")
        writer.counted(key)
        writer.string(operation)
        writer.number("I", 0)  # principal
    else:
        writer.number("I", number)
        writer.raw(b"\3\0\0\0")
        writer.number("H", 0)  # KeyAddr
        writer.counted(key)
        writer.string(operation)
        contexts(writer)
        writer.align(8)
    write_arguments(writer)
    return writer


def receive(connection, size):
    octets = b""
    while len(octets) < size:
        part = connection.recv(size - len(octets))
        if not part:
            raise EOFError(f"the connection ended after {octets!r}")
        octets += part
    return octets


def receive_message(connection):
    head = receive(connection, 12)
    assert head[:4] == b"GIOP" and head[4] == 1, head
    order = "<" if head[6] & 1 else ">"
    size = struct.unpack(order + "I", head[8:12])[0]
    assert not head[6] & 2, "our own messages are whole"
    return order, head[5], head[7], head + receive(connection, size)


def read_reply(connection, minor, number):
    """The reply's results, for reading."""
    order, its_minor, kind, octets = receive_message(connection)
    assert (its_minor, kind) == (minor, REPLY), f"version 1.{its_minor}, type {kind}"
    reader = Reader(order, octets, 12)

    def skip_contexts():
        for _ in range(reader.number("I")):
            reader.number("I")
            reader.counted()

    if minor < 2:
        skip_contexts()
    assert reader.number("I") == number, "request id"
    status = reader.number("I")
    if minor == 2:
        skip_contexts()
        reader.align(8)
    assert status == 0, f"reply status {status}: {reader.rest()!r}"
    return reader


BASICS = [("?", True), ("d", -2.25), ("B", 201), ("h", -301), ("c", b"b"), ("I", 4000000001), ("i", -100001),
          ("H", 60001), ("q", -(1 << 40) - 1), ("f", 1.5), ("Q", (1 << 63) + 1)]
OTHER = [("?", False), ("d", 1e300), ("B", 0), ("h", 32767), ("c", b"z"), ("I", 0), ("i", 7), ("H", 1), ("q", 5),
         ("f", -0.5), ("Q", (1 << 64) - 1)]


def write_members(writer, members):
    for letter, value in members:
        writer.number(letter, value)


def check_basics(connection, order, minor, key):
    def arguments(writer):
        write_members(writer, BASICS)
        write_members(writer, OTHER)

    connection.sendall(message(order, minor, REQUEST, request(order, minor, 5, key, b"use_basics", arguments)))
    reader = read_reply(connection, minor, 5)
    for members in (BASICS, BASICS, OTHER):
        assert [(letter, reader.number(letter)) for letter, _ in members] == members, "members"
    assert reader.rest() == b""


def check_wide(connection, order, minor, key):
    """1.1: code units in the message's order, with a terminator; 1.2: octets, big-endian without mark."""
    text = "h\u00e9llo \u20ac"

    def write(writer, value):
        if minor == 1:
            writer.number("I", len(value) + 1)
            for unit in value + "\0":
                writer.number("H", ord(unit))
        else:
            writer.counted(value.encode("utf-16-be"))

    def read(reader):
        if minor == 1:
            units = [reader.number("H") for _ in range(reader.number("I"))]
            assert units.pop() == 0
            return "".join(map(chr, units))
        return reader.counted().decode("utf-16-be")

    def arguments(writer):
        write(writer, text)
        write(writer, "before")

    connection.sendall(message(order, minor, REQUEST, request(order, minor, 6, key, b"use_wstring", arguments)))
    reader = read_reply(connection, minor, 6)
    assert [read(reader) for _ in range(3)] == [text, text, "before"]

    def letters(writer):
        for value in "\u4e2dx":
            if minor == 1:
                writer.number("H", ord(value))
            else:
                writer.raw(b"\2" + value.encode("utf-16-be"))

    connection.sendall(message(order, minor, REQUEST, request(order, minor, 7, key, b"use_wchar", letters)))
    reader = read_reply(connection, minor, 7)
    found = [chr(reader.number("H")) if minor == 1 else reader.raw(3)[1:].decode("utf-16-be") for _ in range(3)]
    assert found == ["\u4e2d", "\u4e2d", "x"], found


def check_fragments(connection, order, minor, key, size):
    """A long string, cut after `size` octets each time (in 1.2 a multiple of 8, and an id before each part)."""
    text = bytes(range(1, 128)) * 400
    body = request(order, minor, 8, key, b"echo_text", lambda writer: writer.string(text)).octets
    first, rest = body[:size - 12], body[size - 12:]
    connection.sendall(header(order, minor, REQUEST, len(first), more=True) + first)
    prefix = struct.pack(order + "I", 8) if minor == 2 else b""
    while rest:
        step = size - 12 - len(prefix)
        part, rest = rest[:step], rest[step:]
        connection.sendall(header(order, minor, FRAGMENT, len(prefix + part), more=bool(rest)) + prefix + part)
    reader = read_reply(connection, minor, 8)
    assert reader.counted() == text + b"\0" and reader.rest() == b""


def check_locate(connection, order, minor, key):
    for wanted, status in ((key, 1), (key + b"x", 0)):
        writer = Writer(order, 12)
        writer.number("I", 9)
        if minor == 2:
            writer.number("H", 0)
        writer.counted(wanted)
        connection.sendall(message(order, minor, LOCATE_REQUEST, writer))
        its_order, its_minor, kind, octets = receive_message(connection)
        reader = Reader(its_order, octets, 12)
        assert (its_minor, kind) == (minor, LOCATE_REPLY)
        assert (reader.number("I"), reader.number("I")) == (9, status), octets


def read_reference(text):
    """Host, port and key of the first profile."""
    octets = bytes.fromhex(text.strip()[4:])
    reader = Reader("<" if octets[0] else ">", octets, 1)
    reader.counted()
    assert reader.number("I") >= 1 and reader.number("I") == 0
    profile = reader.counted()
    reader = Reader("<" if profile[0] else ">", profile, 3)
    host = reader.counted()[:-1].decode()
    return host, reader.number("H"), reader.counted()


def check_server(peer, folder):
    path = os.path.join(folder, "server.ior")
    server = subprocess.Popen([peer, "server", path], stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(500):
            if os.path.exists(path) and os.path.getsize(path):
                break
            threading.Event().wait(0.02)
        with open(path, encoding="ascii") as file:
            host, port, key = read_reference(file.read())
        for minor in range(3):
            for order in "><":
                with socket.create_connection((host, port), timeout=20) as connection:
                    check_locate(connection, order, minor, key)
                    check_basics(connection, order, minor, key)
                    if minor > 0:
                        check_wide(connection, order, minor, key)
                        check_fragments(connection, order, minor, key, 8192)
                        check_fragments(connection, order, minor, key, 1040)
                print(f"ok server, GIOP 1.{minor}, order {order}")
        # One connection, every version and order in turn.
        with socket.create_connection((host, port), timeout=20) as connection:
            for minor in (2, 0, 1, 2, 1, 0):
                check_basics(connection, "<" if minor == 1 else ">", minor, key)
        print("ok server, versions mixed")
        server.terminate()
        output, _ = server.communicate(timeout=20)
        assert server.returncode == 0, output
    finally:
        server.kill()
        server.wait()


def answer_calls(listener, order, minor):
    """Answers shouted() with 0, then closes the connection in order; twice."""
    for _ in range(2):
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(20)
            its_order, its_minor, kind, octets = receive_message(connection)
            assert (its_minor, kind) == (minor, REQUEST), f"version 1.{its_minor}, type {kind}"
            reader = Reader(its_order, octets, 12)
            if minor < 2:
                for _ in range(reader.number("I")):
                    reader.number("I")
                    reader.counted()
            number = reader.number("I")
            writer = Writer(order, 12)
            if minor < 2:
                writer.number("I", 0)
            writer.number("I", number)
            writer.number("I", 0)
            if minor == 2:
                writer.number("I", 0)
                writer.align(8)
            writer.number("i", 0)
            connection.sendall(message(order, minor, REPLY, writer) + header(order, minor, CLOSE_CONNECTION, 0))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass


def check_client(peer):
    for minor in range(3):
        for order in "><":
            with socket.create_server(("127.0.0.1", 0)) as listener:
                listener.settimeout(20)
                answering = threading.Thread(target=answer_calls, args=(listener, order, minor), daemon=True)
                answering.start()
                port = listener.getsockname()[1]
                reference = f"corbaloc:iiop:1.{minor}@127.0.0.1:{port}/octets"
                subprocess.run([peer, "client", reference, f"1.{minor}", "idle"], check=True, timeout=60)
                answering.join(20)
                assert not answering.is_alive()
            print(f"ok client, GIOP 1.{minor}, order {order}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_server(sys.argv[1], folder)
    check_client(sys.argv[1])


main()
