import sys


def work(word):
    if word == "wrapper":
        print("by the wrapper", flush=True)
    elif word == "server":
        print("by the server", flush=True)
    else:
        print("never")  # not run
    sys.exit(len(word))
