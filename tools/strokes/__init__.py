"""How the table of strokes is made."""
