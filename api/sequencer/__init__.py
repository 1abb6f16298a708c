"""The one place where entries are put in order: it asks `tally.replay` for judgement and the writer for durability."""
