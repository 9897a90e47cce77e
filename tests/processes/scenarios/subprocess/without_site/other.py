import sys

print("other", "site" in sys.modules, sys.argv[1:], flush=True)
sys.exit(4)
