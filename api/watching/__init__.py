"""What a server tells of itself to whoever runs it: counts and latencies, and a log without secrets."""
