# Blocked signals, sigwait in a thread, and what was pending when the mask is lifted.
import os
import signal
import threading

got = []


def waiter():
    number = signal.sigwait({signal.SIGUSR1})
    got.append(signal.Signals(number).name)


def late(number, frame):
    got.append("late")


signal.signal(signal.SIGUSR2, late)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGUSR2})
thread = threading.Thread(target=waiter)
thread.start()
os.kill(os.getpid(), signal.SIGUSR1)
thread.join()
os.kill(os.getpid(), signal.SIGUSR2)
print(got, signal.sigpending() == {signal.SIGUSR2})
signal.pthread_sigmask(signal.SIG_SETMASK, ())
print(got)
