#!/usr/bin/python3
"""A TANGO device server for Corbel's client to talk to; without a database:

    device_server.py test -nodb -dlist test/nodb/1 -ORBendPoint giop:tcp:127.0.0.1:PORT

It prints "Ready to accept request" when it is."""

import numpy
from tango import AttrQuality, AttrWriteType, CmdArgType, DevState, DispLevel, ErrSeverity, Except, Util
from tango.server import Device, attribute, command, pipe, run


class Keeps:
    """read_X() and write_X() of the attributes that give back what was written."""

def plain(key):
    def read(self):
        return self.values[key]

    def write(self, value):
        self.values[key] = value
    return read, write


def kept(dtype, **properties):
    return attribute(dtype=dtype, access=AttrWriteType.READ_WRITE, **properties)


for name in ("position", "count", "title", "enabled", "big", "small", "wave", "names"):
    for verb, function in zip(("read_", "write_"), plain(name)):
        setattr(Keeps, verb + name, function)


class Bench(Keeps, Device):
    """Values of many types, kept and given back."""

    def init_device(self):
        super().init_device()
        self.values = {
            "position": 1.5, "count": -7, "title": "bench", "enabled": True, "big": 2**40, "small": 200,
            "wave": [0.5, -0.25, 1e300], "names": ["left", "right"],
        }
        self.set_state(DevState.STANDBY)
        self.set_status("on the bench")

    position = kept(float, unit="mm", label="Position", doc="Where it is", min_value=-100, max_value=100)
    count = kept("DevLong")
    title = kept(str)
    enabled = kept(bool)
    big = kept("DevLong64")
    small = kept("DevUChar")
    wave = kept((float,), max_dim_x=1000)
    names = kept((str,), max_dim_x=100)

    @attribute(dtype=("DevShort",), max_dim_x=8)
    def ramp(self):
        return numpy.arange(-3, 5, dtype=numpy.int16)

    @attribute(dtype=(("DevULong",),), max_dim_x=3, max_dim_y=2, display_level=DispLevel.EXPERT)
    def picture(self):
        return numpy.array([[1, 2, 3], [4, 5, 4000000000]], dtype=numpy.uint32)

    @attribute(dtype=float)
    def warm(self):
        return 451.0, 1234567.25, AttrQuality.ATTR_ALARM

    @attribute(dtype=float)
    def broken(self):
        raise RuntimeError("the sensor is unplugged")

    @pipe
    def tree(self):
        return "root", [
            {"name": "height", "value": 12.5, "dtype": CmdArgType.DevDouble},
            {"name": "kinds", "value": ["oak", "elm"], "dtype": CmdArgType.DevVarStringArray},
            {"name": "branch", "dtype": CmdArgType.DevPipeBlob,
             "value": ("twig", [{"name": "leaves", "value": 7, "dtype": CmdArgType.DevLong64}])},
        ]

    @command
    def Nothing(self):
        pass

    @command(dtype_in=float, doc_in="a number", dtype_out=float, doc_out="twice as much")
    def Twice(self, number):
        return 2 * number

    @command(dtype_in=int, dtype_out=int)
    def Negate(self, number):
        return -number

    @command(dtype_in=str, dtype_out=str)
    def Shout(self, text):
        return text.upper() + "!"

    @command(dtype_in=bool, dtype_out=bool)
    def Not(self, value):
        return not value

    @command(dtype_in=(float,), dtype_out=(float,))
    def Reverse(self, numbers):
        return numbers[::-1]

    @command(dtype_in=(str,), dtype_out=str)
    def Join(self, words):
        return " ".join(words)

    @command(dtype_in=str, dtype_out=(str,))
    def Split(self, text):
        return text.split()

    @command(dtype_in=CmdArgType.DevVarLongStringArray, dtype_out=CmdArgType.DevVarLongStringArray)
    def Swap(self, both):
        numbers, words = both
        return [len(word) for word in words], [str(number) for number in numbers]

    @command(dtype_in=CmdArgType.DevVarDoubleStringArray, dtype_out=CmdArgType.DevVarDoubleStringArray)
    def Same(self, both):
        return both

    @command(dtype_in=CmdArgType.DevState, dtype_out=CmdArgType.DevState)
    def Become(self, state):
        before = self.get_state()
        self.set_state(state)
        return before

    @command(dtype_in=CmdArgType.DevVarCharArray, dtype_out=CmdArgType.DevVarLong64Array)
    def Sums(self, octets):
        return [sum(int(octet) for octet in octets), len(octets)]

    @command(dtype_in=CmdArgType.DevEncoded, dtype_out=CmdArgType.DevEncoded)
    def Recode(self, encoded):
        form, data = encoded
        return form + "/reversed", bytes(data)[::-1]

    @command(dtype_in=str)
    def Fail(self, reason):
        Except.throw_exception(reason, "as it was told", "Bench.Fail", ErrSeverity.PANIC)


def tell_reference():
    util = Util.instance()
    print(util.get_device_ior(util.get_device_by_name("test/nodb/1")), flush=True)


if __name__ == "__main__":
    run([Bench], post_init_callback=tell_reference)
