# A body of pass on the line of a definition, never called.
# python: >=3.11
def f(): pass  # branch: 4 taken, exit missed
done = 1
