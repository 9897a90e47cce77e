# uvloop starts processes with code of its own, and gives them what environment it is told.
import asyncio
import os
import sys

import uvloop


def child(word):
    print("child", word, sorted(name for name in os.environ if name in ("A", "PATH")))
    return len(word)


async def start(word, **how):
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, word, stdout=asyncio.subprocess.PIPE, **how
    )
    out, _ = await process.communicate()
    return out, process.returncode


def before_exec():
    os.write(1, b"")


async def main():
    given = {"A": "b"}
    print(await start("empty", env={}))
    print(await start("small", env=given), given)
    print(await start("bytes", env={b"A": b"b"}))
    print(await start("isolated", env=given, cwd="/", preexec_fn=before_exec))
    print(await asyncio.gather(*(start(f"many {n}", env=given) for n in range(3))))
    command = f"exec {sys.executable} {__file__} shell"
    process = await asyncio.create_subprocess_shell(command, env=given)
    print(await process.wait())
    try:
        await start("wrong", env=os.environ)
    except TypeError as error:
        print(error)
    process = await asyncio.create_subprocess_exec("/bin/echo", "not Python", env=given)
    print(await process.wait())
    try:
        await asyncio.create_subprocess_exec("./missing", env=given)
    except FileNotFoundError as error:
        print(error)


__file__ = os.path.abspath(__file__)
if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
uvloop.run(main())
