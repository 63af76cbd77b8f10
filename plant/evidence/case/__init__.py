"""Cases behind given numbers that take more than one call of the physics: a well, a traverse, a regression."""
