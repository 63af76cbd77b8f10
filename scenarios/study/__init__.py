"""Studies: what would be, worked out on a model of the field while the field itself goes on as it is."""
