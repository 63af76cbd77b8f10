"""The production stack: it acquires, alarms and commands, and cannot tell simulated from real."""
