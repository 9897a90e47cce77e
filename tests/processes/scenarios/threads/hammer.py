# Eight threads in the same functions, with conditions each of them takes another way.
import sys
import threading

sys.setswitchinterval(1e-5)
start = threading.Barrier(8)
totals = [0] * 8


def work(number):
    start.wait()
    for step in range(2000):
        totals[number] += choose(number, step)


def choose(number, step):
    if number == 0:
        return 1
    if number == 3 and step == 1999:
        return 3
    if number == 7:
        for _ in range(2):
            if step == 1500:
                return 7
    if number == 8:
        return 8  # not run
    return 0


threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(totals)
