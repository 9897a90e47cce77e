# Tasks that begin at once, in the call that creates them.
# python: >=3.12
import asyncio

order = []


async def quick(name):
    order.append(name)
    return name


async def slow(name):
    order.append(name)
    await asyncio.sleep(0)
    order.append(name)
    return name


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(quick("a")), asyncio.create_task(slow("b"))]
    order.append("main")
    print(await asyncio.gather(*tasks), order)
    if not order:
        print("never")  # not run


asyncio.run(main())
