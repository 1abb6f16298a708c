"""Programs that make what the product carries, and set up a checkout."""
