# An event loop that handles signals; a task that is left when the program is killed.
# send: USR1 INT
import asyncio
import signal


async def waits(name):
    try:
        await asyncio.Event().wait()
        print("never")  # not run
    finally:
        print(name, "ends")


async def main():
    loop = asyncio.get_running_loop()
    got = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, got.set)
    task = asyncio.create_task(waits("task"))
    await asyncio.sleep(0)
    print("ready", flush=True)
    await got.wait()
    asyncio.get_running_loop().call_later(0.05, print, "second", ).cancel()
    try:
        print("got it", flush=True); await task
        print("never")  # not run
    finally:
        print("main ends")


try:
    asyncio.run(main())
    print("never")  # not run
except KeyboardInterrupt:
    print("interrupted")
