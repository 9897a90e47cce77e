# A with whose body has no code, since nobody asks for the annotation of a local name.
# python: >=3.11
import contextlib


def annotated():
    with contextlib.nullcontext():
        value: int  # no code
    return 1


def last():
    with contextlib.nullcontext():
        value: int  # no code


annotated()
last()
