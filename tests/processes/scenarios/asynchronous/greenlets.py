# greenlet: switches between stacks, in loops, conditions, exceptions, threads.
import threading

import greenlet


def first(n):
    for number in range(n):
        if number == 1:
            got = second_let.switch("one")
        else:
            got = second_let.switch("other")
        print("first got", got)
    return "first is done"


def second(word):
    while True:
        if word == "one":
            word = first_let.switch("special")
        elif word == "other":
            word = first_let.switch("usual")
        else:
            return "never"  # not run


def fails():
    try:
        greenlet.getcurrent().parent.switch("before")
    except LookupError as problem:
        print("thrown in:", problem)
        raise ValueError("out of the greenlet") from None
    print("never")  # not run


def recursive(n):
    if n == 0:
        return greenlet.getcurrent().parent.switch("deep")
    result = recursive(n - 1)
    return result + 1


def generator():
    for number in range(3):
        yield greenlet.getcurrent().parent.switch(number)


def in_thread():
    let = greenlet.greenlet(recursive)
    print("thread:", let.switch(2), let.switch(5))


first_let = greenlet.greenlet(first)
second_let = greenlet.greenlet(second)
print(first_let.switch(3))
failing = greenlet.greenlet(fails)
print(failing.switch())
try:
    failing.throw(LookupError("from outside"))
    print("never")  # not run
except ValueError as problem:
    print(problem)
deep = greenlet.greenlet(recursive)
print(deep.switch(4), deep.switch(10))
generating = greenlet.greenlet(lambda: list(generator()))
got = generating.switch()
while not generating.dead:
    got = generating.switch(got * 10)
print(got)
thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
left = greenlet.greenlet(recursive)
left.switch(1)
del left
print("done")
