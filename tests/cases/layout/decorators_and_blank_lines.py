# Blank lines and comments between decorators.
# python: >=3.11
def mark(f):
    return f


@mark

# a comment
@mark
# another

def f():

    return 1


f()
