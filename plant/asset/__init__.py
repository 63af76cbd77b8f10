"""What the field is: assets, tags, units, device profiles and benches, read from TOML."""
