# concurrent.interpreters: code, functions, exceptions, queues.
# python: >=3.14
import os
import sys
from concurrent import interpreters

with open("inside.py", "w") as file:
    file.write(
        "def double(n):\n    return n * 2\n\n\n"
        "def fails(n):\n    raise ValueError(n)\n\n\n"
        "def unused():\n    return 1  # not " + "run\n"
    )
sys.path.insert(0, os.getcwd())
import inside

interpreter = interpreters.create()
interpreter.exec(f"import sys; sys.path.insert(0, {os.getcwd()!r})")
print(interpreter.call(inside.double, 4))
try:
    interpreter.call(inside.fails, 5)
    print("never")  # not run
except interpreters.ExecutionFailed as problem:
    print(problem.excinfo.type.__name__, problem.excinfo.msg)
queue = interpreters.create_queue()
interpreter.prepare_main(queue=queue)
interpreter.exec("import inside; queue.put(inside.double(21))")
print(queue.get())
thread = interpreter.call_in_thread(inside.double, 1)
thread.join()
interpreter.close()
print(len(interpreters.list_all()))
