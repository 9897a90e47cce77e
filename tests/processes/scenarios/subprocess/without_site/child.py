# not run at all
import sys

print("child", "site" in sys.modules, flush=True)
sys.exit(3)
