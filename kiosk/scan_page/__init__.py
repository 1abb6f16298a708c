"""The scanning station's page: papers from files or from a camera above the table, each beside its words."""
