"""Pages for people: one file for each group of pages, with templates in `api/templates`."""
