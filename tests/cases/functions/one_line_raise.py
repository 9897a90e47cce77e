# A function on one line that always raises leaves by its exit.
# python: >=3.11
def f(): raise ValueError  # branch: 4 taken, exit taken
try:
    f()
except ValueError:
    pass
