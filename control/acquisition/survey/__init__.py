"""The first hour with a device: what answers at an endpoint, and whether a bench's device is as its profile says."""
