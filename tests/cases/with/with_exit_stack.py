# Many managers in one.
# python: >=3.11
from contextlib import ExitStack, nullcontext


def f(n):
    with ExitStack() as stack:
        for i in range(n):  # branch: 9 taken, 10 taken
            stack.enter_context(nullcontext(i))
    return n


f(2)
