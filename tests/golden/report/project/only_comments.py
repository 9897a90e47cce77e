# This file has no statements.
