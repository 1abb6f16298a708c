"""What officials do from their pages: every act is one entry of the log, signed with the official's own key."""
