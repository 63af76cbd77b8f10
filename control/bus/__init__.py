"""What passes between processes: subjects, batches, quality, clocks, on NATS JetStream."""
