# KeyboardInterrupt that nobody handles ends a process by the signal.
import signal


def work(n):
    for i in range(n):
        if i == 3:
            signal.raise_signal(signal.SIGINT)
    return n  # not run


try:
    work(5)
    print("never")  # not run
finally:
    print("cleaned up")
print("never")  # not run
