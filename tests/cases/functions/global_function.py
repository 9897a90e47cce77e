# A function that makes a global name.
# python: >=3.11
def f():
    global made
    made = 1


f()
