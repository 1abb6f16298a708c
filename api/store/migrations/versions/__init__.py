"""One file for each change of the tables; the number in its name is its place."""
