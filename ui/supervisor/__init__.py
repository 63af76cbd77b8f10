"""One command that starts the whole field, keeps it running, and stops it cleanly."""
