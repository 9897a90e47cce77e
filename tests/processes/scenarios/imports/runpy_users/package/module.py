import sys

result = sys.argv[0].endswith("module.py")
