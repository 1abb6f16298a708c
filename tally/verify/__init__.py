"""The verifier (SPEC §11)."""
