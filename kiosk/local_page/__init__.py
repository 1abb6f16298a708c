"""Pages that a station serves to the browser of its own machine: the door, the gate, and what both stations share."""
