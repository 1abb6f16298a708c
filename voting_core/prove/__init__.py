"""The proving side: everything here handles secrets and is never imported by verifying code."""
