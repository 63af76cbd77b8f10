"""What we believe of the field from measurements alone."""
