"""The record file: everything that was published of a session, in one archive (SPEC §10).

Readers and the verifier use :mod:`tally.record.read`; only :mod:`tally.record.write` touches a signing key.
"""

from tally.record.read import NotARecord, RecordReader

__all__ = ["NotARecord", "RecordReader"]
