"""Options: every word that a profile, its points or a bench's device may say, a row each.

The rows are the reference (docs/profiles.md is written from them), and a test reads each one's example. What one
protocol alone understands stands in that protocol's row (:mod:`plant.asset.protocol`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One key: where it may stand, what may stand there, what holds without it, and what it means."""

    where: str  # "profile", "point" or "device" (of a bench)
    key: str
    values: str
    unsaid: str  # what holds where it is not said
    meaning: str
    example: str = ""  # lines of TOML that say it, and what must stand beside it


SHARED = (
    Option("profile", "protocol", "a protocol's name", "must be said", "what the device speaks",),
    Option("profile", "behaviour", "a text", "none", "what our simulated device does behind its addresses"),
    Option("profile", "roles", "table: role = asset type", "must be said", "the assets that its points are signals of"),
    Option("profile", "time", "device, arrival", "device where it stamps its values, else arrival",
           "whose clock dates the samples: the device's own, or ours when they come. By the device's, samples are "
           "Uncertain for as long as its clock is off by more than clock_tolerance", 'time = "arrival"'),
    Option("profile", "clock_tolerance_s", "a time", "60 s", "by how much the device's clock may be off",
           "clock_tolerance_s = 10"),
    Option("profile", "time_shift_s", "a time, also below 0", "0", "what is added to the device's stamps, such as "
           "7200 where its clock stands two hours behind", "time_shift_s = 7200"),
    Option("profile", "point", "list of tables", "none", "the signals that it serves"),
    Option("point", "signal", "role.Signal", "must be said", "which signal of which role it is"),
    Option("point", "unit", "a unit of the signal's quantity", "the signal's", "what the device counts in",
           'unit = "Hz"'),
    Option("point", "scale", "a number but 0", "1", "value = raw × scale + offset", "scale = 0.01"),
    Option("point", "offset", "a number", "0", "see scale", "offset = -40"),
    Option("point", "scale_at", "table of an address; power", "none", "where the device says its scale: the value is "
           "multiplied by it, or by 10 to its power where power = true"),
    Option("point", "bit", "0 to 63", "none", "which bit of the raw number it is, 0 the lowest", "bit = 3"),
    Option("point", "mask", "a whole number above 0", "none", "which bits of the raw number are its own; they are "
           "shifted down to bit 0", "mask = 0x0F00"),
    Option("point", "states", "table: raw = state's name or number", "raw numbers are the signal's own",
           "what each raw number or text means", "states = { 0 = 1.5, 3 = 20, RUN = 50 }"),
    Option("point", "otherwise", "a state's name or number", "Bad", "what a raw number means that states leave out",
           "states = { 3 = 20 }\notherwise = 0"),
    Option("point", "no_value", "list of raw numbers or texts", "the ends of an integer's type; what is no number",
           "what shows that there is no value; [] if nothing does", "no_value = [-9999, 0x8000]"),
    Option("point", "write", "table of an address, scale, states …; value", "written where it is read",
           "where and how it is written, where that differs from how it is read; value is the raw number that a "
           "command writes"),
    Option("point", "write_only", "true, false", "false", "it cannot be read: it shows nothing, and whoever writes it "
           "is told that no effect could be seen, unless another signal shows it"),
    Option("device", "name", "a text", "must be said", "how it is called"),
    Option("device", "profile", "a bundled profile, or a file", "must be said", "what kind of device it is"),
    Option("device", "endpoint", "SCHEME://HOST:PORT/PATH", "must be said", "where it answers"),
    Option("device", "assets", "table: role = asset", "must be said", "which assets it serves"),
    Option("device", "answers", "simulated, real", "simulated", "whether the field's simulators answer for it"),
    Option("device", "role", "primary, alternate", "primary", "whether its samples carry the bare tag, or tag@device"),
    Option("device", "record", "true, false", "true for a primary", "whether an alternate is acquired"),
    Option("device", "scan", "a name of the bench's [scan]", "normal, 1 s", "how often it is read"),
    Option("device", "timeout_s", "a time", "of its protocol, at most 0.45 of the scan where it is polled",
           "how long it may take to answer"),
    Option("device", "overrides", "table: signal = table of a point's keys", "none",
           "what this device does differently at a point"),
    Option("device", "settings", "table of a profile's keys", "none", "what this device does differently as a whole"),
    Option("device", "personality", "a name of `gemelo field personality`", "none",
           "the bad manners of a simulated device, to rehearse with", 'personality = "small buffer"'),
    Option("device", "user", "a text", "none", "by which name we log in", 'user = "gemelo"\npassword_env = "PASSWORD"'),
    Option("device", "password_env, password_file", "a variable's name; a file", "none",
           "where the password stands; it is never in the bench", 'user = "gemelo"\npassword_file = "secret.txt"'),
    Option("device", "certificate_file, key_file", "a file in PEM (on OPC UA also DER)", "none",
           "who we are, and the key that proves it", 'certificate_file = "own.pem"\nkey_file = "own.key"'),
    Option("device", "trust_file", "a file or folder of certificates", "this machine's authorities on TLS; nobody on "
           "OPC UA", "whom we believe to be the device", 'trust_file = "device.pem"'),
)  # fmt: skip
