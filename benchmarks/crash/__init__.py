"""Kills at random moments, and what is left of the warehouse after a plain re-run."""
