# A class on one line is a branch, and both ways are taken at once.
# python: >=3.11
class Empty(Exception): pass  # branch: 4 taken, exit taken
class Two: x = 1; y = 2  # branch: 5 taken, exit taken
done = 1
