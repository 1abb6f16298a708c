"""Who works with the service: accounts, roles, passwords, second factors, and where people are signed in."""
