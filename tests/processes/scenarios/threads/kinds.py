# Threads of each kind: Thread, subclass, Timer, raw, executor, joined and not.
import _thread
import concurrent.futures
import threading
import time

local = threading.local()
lock = threading.Lock()
seen = []


def note(word):
    local.word = word
    time.sleep(0.001)
    with lock:
        seen.append(local.word)
    if word is None:
        seen.append("never")  # not run


class Mine(threading.Thread):
    def run(self):
        note("subclass")


def raw(word, done):
    note(word)
    done.release()


def timed():
    note("timer")


def cancelled():
    note("never")  # not run


def fails():
    raise LookupError("in the executor")


thread = threading.Thread(target=note, args=("thread",))
mine = Mine()
timer = threading.Timer(0.01, timed)
never = threading.Timer(30, cancelled)
for started in (thread, mine, timer, never):
    started.start()
never.cancel()
done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(raw, ("raw", done))
done.acquire()
_thread.start_new_thread(raw, (), {"word": "raw again", "done": done})
done.acquire()
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(note, ["a", "b", "c"])), repr(pool.submit(fails).exception()))
for joined in (thread, mine, timer):
    joined.join()
print(sorted(seen))
