"""Measurements behind `plenum bench`: each figure in a process of its own, printed beside its limit."""
