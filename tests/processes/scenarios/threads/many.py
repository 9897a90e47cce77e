# Three hundred short threads, and locals that die with them.
import threading
import weakref


class Thing:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        deleted.append(self.number)


def work(number):
    local.thing = Thing(number)
    if number == 299:
        references.append(weakref.ref(local.thing))
    elif number == 300:
        references.append(None)  # not run


deleted = []
references = []
local = threading.local()
threads = [threading.Thread(target=work, args=(number,)) for number in range(300)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(deleted), references[0]())
