"""Figures: what this machine does, measured beside a peer in the same run.

Each measurement (a bench, to the command line) is a module here with ``run(seconds)``, which returns ``{"bench",
"figures", "peers", "ratios", "settings"}``; with up to 45 s it ends within 45 s.
"""

MEASUREMENTS = {
    "physics": "well-steps per second of the well model, beside plain NumPy RK4 of the three-state model",
    "endtoend": "the demo field at 1 Hz: plant to API, setpoint to history, processor and memory of all processes",
    "ingest": "samples a second from Modbus devices into history, none lost or doubled, beside pymodbus into SQLite",
    "modbus": "requests a second that one process of simulated devices answers, beside libmodbus and pymodbus",
    "opcua": "notifications a second of simulated OPC UA devices beside asyncua, and the lag of ten thousand variables",
    "hil": "how punctual a closed loop with a foreign controller is, what the proxy costs, how soon a target stands",
    "drill": "drills played by bots: how fast, how soon a field is cloned, how often they rank as their skill is",
    "mqtt": "messages a second of simulated MQTT devices at QoS 1 beside bare clients of the same broker",
    "api": "requests a second and core that the API answers beside bare Starlette; wells imported and listed",
}
