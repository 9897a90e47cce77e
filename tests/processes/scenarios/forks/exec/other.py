import sys

if len(sys.argv) != 2:
    print("never")  # not run
print("other", sys.argv[1])
sys.exit(7)
