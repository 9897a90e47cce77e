# The target is global: the head of the loop is as ever.
# python: >=3.11
def f():
    global last
    for last in (1, 2):  # branch: 6 taken, exit taken
        pass


f()
