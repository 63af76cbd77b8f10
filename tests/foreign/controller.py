"""A controller that is not ours: simple-pid behind pyModbusTCP's server. ``controller.py PORT SETPOINT_bar``

Holding registers 0-1 take the pressure (float32, bar), 2-3 give the opening of the gas valve (float32, 0 to 1).
"""

import struct
import sys
import time

from pyModbusTCP.server import ModbusServer
from simple_pid import PID

SCAN = 0.02  # s
OPENING = 0.5  # until it has seen a pressure


def main(port: int, setpoint: float) -> None:
    server = ModbusServer("127.0.0.1", port, no_block=True)
    bank = server.data_bank
    bank.set_holding_registers(2, words(OPENING))
    server.start()
    print("listening", flush=True)
    pid = PID(-0.4, -0.02, 0.0, setpoint=setpoint, sample_time=None, output_limits=(0.0, 1.0))
    while True:
        time.sleep(SCAN)
        pressure = number(bank.get_holding_registers(0, 2))
        if pressure > 0.0:
            bank.set_holding_registers(2, words(pid(pressure)))


def number(registers: list[int]) -> float:
    return struct.unpack(">f", struct.pack(">HH", *registers))[0]


def words(value: float) -> list[int]:
    return list(struct.unpack(">HH", struct.pack(">f", value)))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
