from .. import __name__ as above

print("below", above)
