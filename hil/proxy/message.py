"""MQTT packets and OPC UA chunks: enough of them to tell one message from the next, and what it is about."""

from __future__ import annotations

from hil.proxy.frame import Frame, Unframed

PACKETS = (
    "", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK",
    "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
)  # fmt: skip
NO_POLICY = b"http://opcfoundation.org/UA/SecurityPolicy#None"
CHUNKS = (b"HEL", b"ACK", b"ERR", b"RHE", b"OPN", b"CLO", b"MSG")


class Mqtt:
    """MQTT control packets; ``function`` is the packet's name, ``address`` the topic of a PUBLISH."""

    name = "mqtt"

    def cut(self, received: bytearray, direction: str) -> list[Frame]:
        """The whole packets at the head of ``received``, taken off it. Raises :class:`Unframed`."""
        found = []
        while (end := _mqtt_end(received)) and len(received) >= end:
            data = bytes(received[:end])
            del received[:end]
            name = PACKETS[data[0] >> 4]
            found.append(Frame(data, direction, name, _topic(data) if name == "PUBLISH" else ""))
        return found

    def as_answer_to(self, old: Frame, frame: Frame) -> bytes:
        """What was published before under a topic, once more; a packet id of its own it keeps."""
        if not frame.data[0] & 0x06:
            return old.data
        start, was = _id_at(frame.data), _id_at(old.data)
        return old.data[:was] + frame.data[start : start + 2] + old.data[was + 2 :]


class OpcUa:
    """OPC UA chunks; ``function`` is the message's type: HEL, ACK, OPN, MSG, CLO, ERR."""

    name = "opcua"

    def cut(self, received: bytearray, direction: str) -> list[Frame]:
        """The whole chunks at the head of ``received``, taken off it. Raises :class:`Unframed`."""
        found = []
        while len(received) >= 8:
            size = int.from_bytes(received[4:8], "little")
            if bytes(received[:3]) not in CHUNKS or size < 8:
                raise Unframed(f"no OPC UA chunk: {bytes(received[:8]).hex(' ')}")
            if len(received) < size:
                break
            found.append(Frame(bytes(received[:size]), direction, received[:3].decode()))
            del received[:size]
        return found


def is_encrypted(start: bytes) -> bool:
    """Whether a stream that begins so, or an OPC UA channel that opens so, hides what it carries: TLS or a policy."""
    if start[:2] == b"\x16\x03":
        return True
    return start[:3] == b"OPN" and b"SecurityPolicy#" in start and NO_POLICY not in start


def _mqtt_end(received: bytearray) -> int:
    """Where the first packet ends; 0 where that is not known yet."""
    length, shift = 0, 0
    for at in range(1, min(len(received), 5)):
        length |= (received[at] & 0x7F) << shift
        shift += 7
        if not received[at] & 0x80:
            return at + 1 + length
    if len(received) >= 5:
        raise Unframed("no MQTT packet: its length never ends")
    return 0


def _body(data: bytes) -> int:
    at = 1
    while data[at] & 0x80:
        at += 1
    return at + 1


def _topic(data: bytes) -> str:
    at = _body(data)
    size = int.from_bytes(data[at : at + 2], "big")
    return data[at + 2 : at + 2 + size].decode(errors="replace")


def _id_at(data: bytes) -> int:
    at = _body(data)
    return at + 2 + int.from_bytes(data[at : at + 2], "big")
