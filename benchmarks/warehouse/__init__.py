"""What merging and publishing cost at scale."""
