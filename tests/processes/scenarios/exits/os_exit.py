# os._exit ends a process in the middle of things.
import os


class Guard:
    def __enter__(self):
        return self

    def __exit__(self, *problem):
        print("never")  # not run


try:
    with Guard():
        for step in range(3):
            print("step", step, flush=True)
            if step == 1:
                os._exit(3)
            print("goes on")
        print("never")  # not run
finally:
    print("neither")  # not run
