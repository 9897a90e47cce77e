import sys

if sys.argv[1] == "m":
    from . import other
elif sys.argv[1] == "folder":
    import other
else:
    print("never")  # not run
print(other.work("main"), sys.argv[1])
