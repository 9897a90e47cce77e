# Two threads in one function take turns; in neither of them was the inner if false.
# python: >=3.11
import threading

first_is_inside, second_is_done = threading.Event(), threading.Event()


def work(x):
    if x:  # branch: 10 taken, 13 taken
        first_is_inside.set()
        if second_is_done.wait(10):  # branch: 12 taken, 13 missed
            x = 2
    return x


thread = threading.Thread(target=work, args=(1,))
thread.start()
first_is_inside.wait(10)
work(0)
second_is_done.set()
thread.join()
