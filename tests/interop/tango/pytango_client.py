#!/usr/bin/python3
"""PyTango's client of a TANGO device that Corbel serves.   pytango_client.py HOST:PORT
Each check prints a line; the status is 1 if one failed."""

import sys
import traceback

import numpy
from tango import (AttrDataFormat, AttrQuality, AttrWriteType, CmdArgType, DevFailed, DeviceProxy, DevState,
                   DispLevel, ErrSeverity)

failures = 0


def check(function):
    """Runs it with the device, now."""
    global failures
    try:
        function(device)
        print("ok", function.__name__, flush=True)
    except Exception:
        failures += 1
        print("FAILED", function.__name__, flush=True)
        traceback.print_exc(file=sys.stdout)


def same(actual, expected):
    arrays = isinstance(actual, numpy.ndarray) or isinstance(expected, numpy.ndarray)
    equal = numpy.array_equal(actual, expected) if arrays else actual == expected
    assert equal, f"{actual!r}, not {expected!r}"


def errors_of(function):
    try:
        function()
    except DevFailed as failure:
        return failure.args
    raise AssertionError("no DevFailed")


device = DeviceProxy(f"tango://{sys.argv[1]}/test/corbel/1#dbase=no")
device.set_timeout_millis(20000)


@check
def identity(device):
    same(device.state(), DevState.ON)
    same(device.status(), "The device is in ON state.")
    same(device.name(), "test/corbel/1")
    same(device.description(), "A Corbel device")
    assert device.ping() >= 0
    info = device.info()
    same((info.dev_class, info.dev_type, info.server_id), ("CorbelBench", "CorbelBench", "corbel/test"))
    same(info.server_version, device.get_idl_version())
    assert "dserver/corbel/test" in device.adm_name(), device.adm_name()


@check
def commands_of_every_type(device):
    same(device.command_inout("Init"), None)
    same(device.state(), DevState.STANDBY)
    same(device.command_inout("State"), DevState.STANDBY)
    same(device.command_inout("Status"), "on the bench")
    same(device.command_inout("Twice", 21.25), 42.5)
    same(device.Twice(-1), -2.0)
    same(device.twice(0.5), 1.0)
    same(device.Negate(2**31 - 1), -(2**31 - 1))
    same(device.Not(True), False)
    same(device.Shout("hello"), "HELLO!")
    same(device.Shout("caf\u00e9"), "CAF\u00e9!")
    same(device.Reverse([1, 2.5, -3]), [-3, 2.5, 1])
    same(device.Reverse([]), [])
    many = numpy.arange(50000) / 8
    same(device.Reverse(many), many[::-1])
    same(device.Join(["one", "two"]), "one two")
    same(device.Sums(bytes([1, 2, 255])), [258, 3])
    numbers, words = device.Swap(([-1, 22], ["abc", ""]))
    same(numbers, [3, 0])
    same(words, ["-1", "22"])
    numbers, words = device.Same(([0.1], ["tenth"]))
    same(numbers, [0.1])
    same(words, ["tenth"])
    same(device.Recode(("raw", bytes([1, 2, 3]))), ("raw/reversed", bytes([3, 2, 1])))
    same(device.Become(DevState.MOVING), DevState.STANDBY)
    same(device.state(), DevState.MOVING)
    device.Init()


@check
def commands_without_waiting(device):
    calls = [device.command_inout_asynch("Twice", number) for number in range(20)]
    for number, call in enumerate(calls):
        same(device.command_inout_reply(call, timeout=20000), 2.0 * number)


@check
def descriptions_of_commands(device):
    info = device.command_query("Reverse")
    same(info.cmd_name, "Reverse")
    same((info.in_type, info.out_type), (CmdArgType.DevVarDoubleArray, CmdArgType.DevVarDoubleArray))
    same(info.disp_level, DispLevel.OPERATOR)
    types = {info.cmd_name: (info.in_type, info.out_type) for info in device.command_list_query()}
    same(len(types), 15)
    same(types["Init"], (CmdArgType.DevVoid, CmdArgType.DevVoid))
    same(types["State"], (CmdArgType.DevVoid, CmdArgType.DevState))
    same(types["Twice"], (CmdArgType.DevDouble, CmdArgType.DevDouble))
    same(types["Sums"], (CmdArgType.DevVarCharArray, CmdArgType.DevVarLong64Array))
    same(types["Recode"], (CmdArgType.DevEncoded, CmdArgType.DevEncoded))
    same(sorted(device.get_command_list()), sorted(types))


@check
def descriptions_of_attributes(device):
    names = ["State", "Status", "position", "count", "title", "enabled", "big", "small", "factor", "broken", "wave",
             "names", "picture"]
    same(list(device.get_attribute_list()), names)
    position = device.get_attribute_config("position")
    same((position.name, position.label, position.unit, position.description),
         ("position", "Position", "mm", "Where it is"))
    same((position.writable, position.data_format, position.data_type),
         (AttrWriteType.READ_WRITE, AttrDataFormat.SCALAR, CmdArgType.DevDouble))
    same((position.min_value, position.alarms.max_alarm, position.events.per_event.period),
         ("Not specified", "Not specified", "1000"))
    picture = device.attribute_query("picture")
    same((picture.data_format, picture.data_type, picture.max_dim_x, picture.max_dim_y, picture.disp_level),
         (AttrDataFormat.IMAGE, CmdArgType.DevULong, 3, 2, DispLevel.EXPERT))
    same([config.name for config in device.attribute_list_query()], names)
    count = device.get_attribute_config("count")
    count.unit = "pieces"
    device.set_attribute_config(count)
    same(device.get_attribute_config("count").unit, "pieces")


def written_and_read(device, name, values):
    for value in values:
        device.write_attribute(name, value)
        reading = device.read_attribute(name)
        same(reading.value, value)
        same(reading.w_value, value)
        same((reading.name, reading.quality, reading.has_failed), (name, AttrQuality.ATTR_VALID, False))


@check
def scalar_attributes(device):
    same(device.position, 1.5)
    same(device.read_attribute("count").value, -7)
    same(device.title, "bench")
    same(device.enabled, True)
    same(device.big, 2**40)
    same(device.small, 200)
    same(device.factor, 0.5)
    written_and_read(device, "position", [0.1, -1e300])
    written_and_read(device, "count", [2**31 - 1, -2**31])
    written_and_read(device, "title", ["", "on the \u00e9tag\u00e8re"])
    written_and_read(device, "enabled", [False, True])
    written_and_read(device, "big", [-1, 2**62])
    written_and_read(device, "small", [255, 0])
    written_and_read(device, "factor", [0.25, -8])
    device.position = 12.5
    same(device.position, 12.5)


@check
def array_attributes(device):
    same(device.wave, [0.5, -0.25, 1e300])
    same(device.names, ("left", "right"))
    same(device.picture, [[1, 2, 3], [4, 5, 4000000000]])
    written_and_read(device, "wave", [[1.0, 2.0, 3.0, 4.0], numpy.full(1000, 0.5)])
    written_and_read(device, "names", [("", "b", "c"), ("one",)])
    reading = device.read_attribute("picture")
    same((reading.dim_x, reading.dim_y, reading.type), (3, 2, CmdArgType.DevULong))


@check
def many_attributes_in_one_call(device):
    device.write_attributes([("count", 5), ("title", "five"), ("wave", [5.0])])
    count, title, wave, state, status = device.read_attributes(["count", "title", "wave", "State", "Status"])
    same((count.value, title.value, state.value, status.value), (5, "five", DevState.STANDBY, "on the bench"))
    same(wave.value, [5.0])
    call = device.read_attributes_asynch(["count", "title"])
    count, title = device.read_attributes_reply(call, 20000)
    same((count.value, title.value), (5, "five"))


@check
def written_and_read_in_one_call(device):
    reading = device.write_read_attribute("count", 41)
    same((reading.value, reading.w_value), (41, 41))
    count, title = device.write_read_attributes([("count", 5)], ["count", "title"])
    same((count.value, title.value), (5, "five"))


@check
def pipes(device):
    same(device.get_pipe_config("tree").label, "tree")
    same(list(device.get_pipe_list()), ["tree"])
    name, parts = device.read_pipe("tree")
    same(name, "root")
    height, kinds, branch = parts
    same((height["name"], height["value"], height["dtype"]), ("height", 12.5, CmdArgType.DevDouble))
    same((kinds["name"], list(kinds["value"])), ("kinds", ["oak", "elm"]))
    same(branch["name"], "branch")
    inner, leaves = branch["value"]
    same((inner, leaves[0]["name"], leaves[0]["value"]), ("twig", "leaves", 7))
    device.write_pipe("tree", ("stump", [{"name": "rings", "value": [1, 2, 3], "dtype": CmdArgType.DevVarLongArray},
                                         {"name": "rotten", "value": True, "dtype": CmdArgType.DevBoolean}]))
    name, (rings, rotten) = device.read_pipe("tree")
    same((name, rings["name"], rotten["value"]), ("stump", "rings", True))
    same(rings["value"], [1, 2, 3])
    same(errors_of(lambda: device.read_pipe("nowhere"))[0].reason, "API_PipeNotFound")


@check
def unknown_command(device):
    first = errors_of(lambda: device.command_inout("Nope"))[0]
    same((first.reason, first.desc, first.severity),
         ("API_CommandNotFound", "Command Nope not found", ErrSeverity.ERR))
    same(first.origin, "TangoDevice::command_inout")
    same(errors_of(lambda: device.command_query("Nope"))[0].reason, "API_CommandNotFound")


@check
def command_that_fails(device):
    first, second = errors_of(lambda: device.Fail("Moon"))[:2]
    same((first.reason, first.desc, first.origin, first.severity),
         ("Moon", "as it was told", "Bench.Fail", ErrSeverity.PANIC))
    same((second.reason, second.severity), ("Second", ErrSeverity.WARN))
    device.ping()


@check
def attributes_that_fail(device):
    same(errors_of(lambda: device.read_attribute("nowhere"))[0].reason, "API_AttrNotFound")
    same(errors_of(lambda: device.broken)[0].reason, "Unplugged")
    good, bad = device.read_attributes(["count", "broken"])
    same((good.value, good.has_failed, bad.has_failed), (5, False, True))
    same(bad.get_err_stack()[0].desc, "the sensor is unplugged")
    same(errors_of(lambda: device.write_attribute("broken", 1.0))[0].reason, "API_AttrNotWritable")
    same(errors_of(lambda: device.write_attribute("wave", [0.0] * 1001))[0].reason, "API_WAttrOutsideLimit")
    errors = errors_of(lambda: device.write_attributes([("count", 6), ("broken", 1.0)]))
    assert any("broken" in error.desc for error in errors), errors
    same(device.count, 6)


@check
def black_box(device):
    device.command_inout("Twice", 1)
    last = device.black_box(1)
    same(len(last), 1)
    assert "command_inout" in last[0], last


sys.exit(1 if failures else 0)
