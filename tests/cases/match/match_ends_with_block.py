# A condition at the end of the last case, where a `with` or a `finally` goes on behind it.
# python: >=3.11
from contextlib import nullcontext

log = []


def in_with(number, verbose):
    with nullcontext():
        match number:
            case 1:  # branch: 12 taken, 13 taken
                return "one"
            case _:
                if verbose:  # branch: 15 missed, 16 taken
                    log.append(number)  # missed
    return "other"


def in_try(number, verbose):
    try:
        match number:
            case _:
                if verbose:  # branch: 24 missed, 26 taken
                    log.append(number)  # missed
    finally:
        log.append("end")


def nested(one, other):
    try:
        match one:
            case _:
                if one:  # branch: 34 taken, 37 missed
                    if other:  # branch: 35 missed, 37 taken
                        log.append(one)  # missed
    finally:
        log.append("end")


def entered(number):
    with nullcontext():
        match number:
            case _:
                if number:  # branch: 45 taken, exit missed
                    log.append(number)


in_with(1, True)
in_with(2, False)
in_try(2, False)
nested(1, 0)
entered(1)
