# A function with an attribute that counts its calls.
# python: >=3.11
def f():
    f.calls += 1
    if f.calls > 1:  # branch: 6 taken, 7 taken
        return True
    return False


f.calls = 0
f()
f()
