"""The Merkle log, signed notes and checkpoints (SPEC §8.1, §8.6)."""
