# Generic functions and classes on one line are branches like any others.
# python: >=3.12
def called[T](x): return x  # branch: 4 taken, exit taken
def uncalled[T: int](x): return x  # branch: 5 taken, exit missed
class Box[T]: size = 1  # branch: 6 taken, exit taken
called(Box)
