"""The version of cov-cli; it stands here and nowhere else."""

__version__ = "0.1.0"
