# Daemon processes are terminated when their parent ends; others are waited for.
import multiprocessing
import time


def daemon(ready):
    ready.set(); time.sleep(30)
    print("never")  # not run


def waited_for(told):
    told.wait(); time.sleep(0.1)
    print("waited for", flush=True)


def nested(told):
    process = multiprocessing.get_context("fork").Process(target=waited_for, args=(told,))
    process.start()


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        ready = context.Event()
        context.Process(target=daemon, args=(ready,), daemon=True).start()
        ready.wait()
    told = multiprocessing.get_context("fork").Event()
    process = multiprocessing.get_context("fork").Process(target=nested, args=(told,))
    process.start()
    print("the main program ends", flush=True)
    told.set()
