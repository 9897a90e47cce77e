# The main module of spawned processes is run again, under another name.
import multiprocessing
import sys

print("imported as", __name__, flush=True)
if __name__ == "__mp_main__":
    WORD = "in the child"
elif __name__ == "__main__":
    WORD = "in the parent"
else:
    WORD = "never"  # not run


def work():
    print(WORD, multiprocessing.current_process().name, flush=True)
    if multiprocessing.parent_process() is None:
        print("never")  # not run
    sys.exit(3)


if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        process = context.Process(target=work, name="worker")
        process.start()
        process.join()
        print(WORD, process.exitcode, flush=True)
