# Threads that Python did not start: C calls back from them.
# platform: linux
import ctypes
import threading

libc = ctypes.CDLL(None)
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
seen = []


@CALLBACK
def called(argument):
    seen.append(argument)  # not seen <3.12
    inner(argument)  # not seen <3.12
    return 0  # not seen <3.12


def inner(argument):
    if argument == 2:  # not seen <3.12
        seen.append("two")  # not seen <3.12
    elif argument == 9:  # not seen <3.12
        seen.append("never")  # not run
    seen.append(type(threading.current_thread()).__name__)  # not seen <3.12


for number in (1, 2):
    handle = ctypes.c_ulong()
    libc.pthread_create(ctypes.byref(handle), None, called, ctypes.c_void_p(number))
    libc.pthread_join(handle, None)
print(seen)
