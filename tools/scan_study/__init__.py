"""How well scanned paper records are read: pages drawn, spoiled as scanners spoil them, and read again."""
