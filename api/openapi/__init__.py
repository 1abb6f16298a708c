"""The description of the service for programs: what the framework knows of the routes, and what it cannot know."""
