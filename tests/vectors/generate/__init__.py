"""Makes the vectors of `tests/vectors/*.json` with the product's code; `python -m tests.vectors.generate` writes them.

One module for each step of the protocol, with a function `build()` that gives the file's content. Everything is
deterministic. `tests/independent` checks the same files without any of this code.
"""
