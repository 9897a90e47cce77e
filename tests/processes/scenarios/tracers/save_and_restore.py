# Decorators that save the trace function, set their own, and put the old one back.
# unknown: <3.12
import functools
import sys


def without_tracing(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        before = sys.gettrace()
        sys.settrace(None)
        try:  # either <3.12
            return function(*arguments)  # either <3.12
        finally:
            sys.settrace(before)  # either <3.12

    return wrapper


def with_tracing(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            return function(*arguments)
        finally:
            sys.settrace(before)

    return wrapper


def trace(frame, event, argument):
    seen.append(event)  # not seen
    return None  # not seen


@without_tracing
def hidden(n):
    if n == 1:  # either <3.12
        return "one"  # either <3.12
    return "other"  # either <3.12


@with_tracing
def watched(n):
    if n == 1:  # either <3.12
        return "one"  # either <3.12
    return "other"  # either <3.12


def after(n):
    if n == 1:
        return "one"
    if n == 3:
        return "three"  # not run
    return "other"


seen = []
for number in (1, 2):
    print(hidden(number), watched(number), after(number))
print(len(seen))
