"""What others established, and what our physics gives for it: numbers, cases that compute them, curves beside tests."""
