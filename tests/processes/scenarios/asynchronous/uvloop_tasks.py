# uvloop: tasks, streams, threads, signals.
import asyncio
import signal
import os

import uvloop


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def talk(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for word in (b"one\n", b"two\n"):
        writer.write(word)
        print(await reader.readline())
    writer.close()
    await writer.wait_closed()


def blocking(n):
    return n + 1


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        await talk(server.sockets[0].getsockname()[1])
    print(await asyncio.to_thread(blocking, 1))
    got = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, got.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await got.wait()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(30))
            raise LookupError("in a group")
    except* LookupError as problems:
        print(problems.exceptions)
    if not got.is_set():
        print("never")  # not run


uvloop.run(main())
