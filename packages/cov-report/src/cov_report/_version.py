"""The version of cov-report: it stands here, and nowhere else."""

__version__ = "0.1.0"
