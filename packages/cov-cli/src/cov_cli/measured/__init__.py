"""What is loaded into measured processes. Guests there: see docs/architecture.md.

Nothing in here may import more than `sys`, `os`, `time`, `atexit`, `_thread`, cov_tracer and its
own neighbours, and nothing at all later than at the start.
"""
