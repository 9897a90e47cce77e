# A program that uses sys.monitoring itself, with every tool id that is free.
# python: >=3.12
import sys

monitoring = sys.monitoring
events = monitoring.events
seen = []


def on_line(code, line):
    if code.co_name == "work":  # not seen
        seen.append(line - code.co_firstlineno)  # not seen
        return None  # not seen
    return monitoring.DISABLE  # not seen


def on_start(code, offset):
    if code.co_name == "work":  # not seen
        seen.append("start")  # not seen


def work(n):
    total = 0
    for i in range(n):
        total += i
    if total < 0:
        return None  # not run
    return total


tool = monitoring.PROFILER_ID
monitoring.use_tool_id(tool, "mine")
monitoring.register_callback(tool, events.LINE, on_line)
monitoring.register_callback(tool, events.PY_START, on_start)
monitoring.set_events(tool, events.LINE | events.PY_START)
work(2)
monitoring.restart_events()
work(1)
monitoring.set_events(tool, 0)
work(3)
monitoring.set_local_events(tool, work.__code__, events.LINE)
work(1)
monitoring.set_local_events(tool, work.__code__, 0)
monitoring.free_tool_id(tool)
print(seen)
for name in ("DEBUGGER_ID", "PROFILER_ID", "OPTIMIZER_ID"):
    number = getattr(monitoring, name)
    print(name, monitoring.get_tool(number))
    monitoring.use_tool_id(number, name)
    monitoring.restart_events()
print(work(4))
