"""Real projects' test suites under coverage.py and under cov, compared line by line."""
