"""The record file: everything that was published of a session, in one archive (SPEC §10)."""

from tally.record.read import NotARecord, RecordReader
from tally.record.write import write_record

__all__ = ["NotARecord", "RecordReader", "write_record"]
