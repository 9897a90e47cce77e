# A segmentation fault in C code, called from deep inside.
# platform: linux
import ctypes


def deep(n):
    if n:
        return deep(n - 1)
    print("now", flush=True)
    return ctypes.string_at(0)


try:
    deep(5)
finally:
    print("never")  # not run
