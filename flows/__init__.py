"""Running Briefhouse: sources, the pipeline and its runners, Prefect flows, the command line."""

__version__ = "0.1.0"
