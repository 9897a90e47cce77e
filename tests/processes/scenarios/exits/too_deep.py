# Recursion without end, caught and not caught, and a generator left hanging.
def endless(n):
    return 1 + endless(n + 1)


def generator():
    try:
        yield 1
        yield 2  # not run
    except GeneratorExit:
        print("closed")
        raise


hanging = generator()
next(hanging)
try:
    endless(0)
    print("never")  # not run
except RecursionError:
    print("caught")
del hanging
endless(0)
print("never")  # not run
