"""The version of cov-data, which stands only here."""

__version__ = "0.1.0"
