# uvloop starts processes with code of its own.
import asyncio
import sys

import uvloop


def child(word):
    if word == "talks":
        print("got", sys.stdin.read())
    elif word == "killed":
        sys.stderr.close()
        print("ready", flush=True); sys.stdin.read()
        print("never")  # not run
    return 4


async def start(word):
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, __file__, word, stdin=pipe, stdout=pipe
    )


async def main():
    process = await start("talks")
    print((await process.communicate(b"text"))[0], process.returncode)
    process = await start("killed")
    print(await process.stdout.readline())
    process.kill()
    print(await process.wait())


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
uvloop.run(main())
