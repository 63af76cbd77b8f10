"""The plant in a closed loop with a controller that is not ours."""
