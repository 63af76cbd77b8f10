"""What a maker's manual says of one kind of device, as a table: settings, points, and what their raw values mean."""
