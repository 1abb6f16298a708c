"""The routes of the scrutineer's page, one file for each area."""
