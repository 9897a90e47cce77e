# An import with a stand-in.
# python: >=3.11
try:
    import nothing_of_that_name as module
except ImportError:
    module = None
try:
    import json as module
except ImportError:  # missed
    module = None  # missed
