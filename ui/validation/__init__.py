"""The validation page: given numbers beside ours, and pictures of measurements beside what the plant computes."""
