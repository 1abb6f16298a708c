"""The auditor: every numbered check of SPEC §11, offline, from the record alone."""

from tally.record.read import NotARecord
from tally.verify.record import verify_record, verify_with_state
from tally.verify.report import Finding, Report

__all__ = ["Finding", "NotARecord", "Report", "verify_record", "verify_with_state"]
