"""Rule sets: the named, versioned parameters by which counts become an outcome (SPEC §9.7)."""
