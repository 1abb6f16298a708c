"""What officials bring: session.toml and tables."""
