# What runs while the interpreter shuts down: finalizers, destructors, generators, callbacks.
import atexit
import sys
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("deleted", self.name, sys is not None)
        if self.name == "":
            print("never")  # not run


def endless():
    try:
        while True:
            yield
    finally:
        print("generator closed")


async def coroutine():
    print("never")  # not run


def finalized(word):
    print("finalized", word)


in_module = Thing("in the module")
in_cycle = Thing("in a cycle")
in_cycle.me = in_cycle
weakref.finalize(in_module, finalized, "at exit")
generator = endless()
next(generator)
atexit.register(finalized, word="by atexit")
sys.modules["kept"] = Thing("in sys.modules")
print("done")
