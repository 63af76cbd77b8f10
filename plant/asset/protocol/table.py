"""The protocols, a row each, by the names that profiles call them, and by the schemes of endpoints."""

from __future__ import annotations

from plant.asset.protocol.modbus import MODBUS
from plant.asset.protocol.mqtt import MQTT
from plant.asset.protocol.opcua import OPCUA

PROTOCOLS = {row.name: row for row in (MODBUS, OPCUA, MQTT)}
SPOKEN = {scheme: row for row in PROTOCOLS.values() for scheme in row.ports}  # by scheme
PORTS = {scheme: port for row in PROTOCOLS.values() for scheme, port in row.ports.items()}  # by scheme
