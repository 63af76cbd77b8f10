"""Stories told to a whole running stack, in plant time, and judged by what it kept."""
