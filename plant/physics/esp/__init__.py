"""The submersible pump beyond its factory test: speed, viscosity, gas, thrust, and what it can bear."""
