"""Reports for people: what officials print, scrutineers sign and the chair reads out.

A document (:mod:`tally.report.model`) is made from what the log says, read through :mod:`tally.report.facts`, and drawn
as PDF, XLSX or JSON. It decides nothing: every number and verdict is the log's.
"""
