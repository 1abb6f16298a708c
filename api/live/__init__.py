"""Telling open pages that something changed: one hub for each process, server-sent events to each page."""
