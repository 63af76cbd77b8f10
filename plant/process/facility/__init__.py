"""What stands between the wells' lines and whatever leaves the field."""
