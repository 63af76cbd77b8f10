"""Wells that flow by their own pressure or by gas let into their tubing."""
