# Workers accept on one socket, as servers do that fork beforehand; they are stopped by SIGTERM.
import os
import signal
import socket
import sys

listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()
ready, tell_ready = os.pipe()


def serve():
    while True:
        connection, _ = listener.accept()
        with connection:
            text = connection.recv(100)
            connection.sendall(text.upper())


workers = []
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, lambda *what: sys.exit(3))
        os.write(tell_ready, b".")
        serve()
        print("never")  # not run
    workers.append(pid)
for _ in workers:
    os.read(ready, 1)
for word in (b"one", b"two", b"three"):
    with socket.create_connection(address) as client:
        client.sendall(word)
        print(client.recv(100))
for pid in workers:
    os.kill(pid, signal.SIGKILL if pid == workers[0] else signal.SIGTERM)
print([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in workers])
