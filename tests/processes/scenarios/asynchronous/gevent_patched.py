# gevent with everything patched: greenlets, locks, time-outs, sockets, threads, processes.
# unknown: <3.12
from gevent import monkey

monkey.patch_all()

import os
import queue
import socket
import subprocess
import sys
import threading
import time

import gevent
import gevent.pool


def worker(name, tasks, results):
    for task in iter(tasks.get, None):
        time.sleep(0.001)
        results.append((name, task * 2))
    return name


def too_slow():
    with gevent.Timeout(0.01, False):
        time.sleep(30)
        print("never")  # not run
    return "timed out"


def serve(listener):
    connection, _ = listener.accept()
    connection.sendall(connection.recv(100).upper())
    connection.close()


def child():
    print("child", sys.argv)
    return 3


def in_thread_pool(n):
    return n * n


def killed():
    try:
        gevent.sleep(30)
        print("never")  # not run
    finally:
        print("killed")


if len(sys.argv) > 1:
    sys.exit(child())
tasks, results = queue.Queue(), []
workers = [gevent.spawn(worker, number, tasks, results) for number in range(2)]
for task in (1, 2, 3, None, None):
    tasks.put(task)
gevent.joinall(workers)
print(sorted(result for _, result in results), [let.value for let in workers])
print(too_slow())
listener = socket.create_server(("127.0.0.1", 0))
thread = threading.Thread(target=serve, args=(listener,))
thread.start()
with socket.create_connection(listener.getsockname()) as client:
    client.sendall(b"word")
    print(client.recv(100))
thread.join()
print(subprocess.run([sys.executable, __file__, "child"], stdout=-1, env={}).stdout)
print(gevent.get_hub().threadpool.apply(in_thread_pool, (7,)))
print(gevent.pool.Pool(2).map(in_thread_pool, range(3)))
let = gevent.spawn(killed)
gevent.sleep(0)
let.kill()
pid = os.fork()
if pid == 0:
    gevent.spawn(print, "a greenlet of the child", flush=True).join()
    os._exit(4)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
