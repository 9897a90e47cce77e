# asyncio's subprocesses: exec, shell, empty environments, killed ones.
import asyncio
import shlex
import sys

me = [sys.executable, __file__]


def child(word):
    if word == "reads":
        print("got", sys.stdin.read())
    elif word == "sleeps":
        sys.stderr.close()
        print("ready", flush=True); sys.stdin.read()
        print("never")  # not run
    return 3


async def start(word, **how):
    process = await asyncio.create_subprocess_exec(
        *me, word, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, **how
    )
    out, _ = await process.communicate(b"text")
    return word, process.returncode, out


async def kill():
    process = await asyncio.create_subprocess_exec(
        *me, "sleeps", env={}, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    print(await process.stdout.readline())
    process.kill()
    return await process.wait()


async def shell():
    command = f"{shlex.join(me)} shell; exit 9"
    process = await asyncio.create_subprocess_shell(command, env={})
    return await process.wait()


async def main():
    print(await start("reads"))
    print(await start("empty", env={}))
    print(await asyncio.gather(*(start(f"many {n}", env={}) for n in range(3))))
    print(await kill())
    print(await shell())


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
asyncio.run(main())
