"""The database tables (SQLModel), one file for each group. Nothing in them joins a person to a ballot."""
