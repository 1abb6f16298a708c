"""A second implementation, written from `docs/spec` alone with nothing but the Python standard library.

It imports nothing of the product and shares no code with it, so that one misreading cannot hide in both. It is
written to be read beside the specification, not to be fast, and it is for public data: nothing here is constant-time.

`python -m tests.independent.check` checks the vectors of `tests/vectors`; with the name of a record file, it verifies
the record as far as `record.py` says.
"""
