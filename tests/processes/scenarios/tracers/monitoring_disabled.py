# A tool that switches locations off, and is not disturbed in it.
# python: >=3.12
import sys

monitoring = sys.monitoring
events = monitoring.events
seen = []


def once(code, line):
    if code.co_filename == __file__ and code.co_name in ("early", "late"):  # not seen
        seen.append((code.co_name, line - code.co_firstlineno))  # not seen
    return monitoring.DISABLE  # not seen


def early(n):
    if n:
        return 1
    return 0


def late(n):
    if n:
        return 1
    return 0  # not run


early(1)
monitoring.use_tool_id(3, "mine")
monitoring.register_callback(3, events.LINE, once)
monitoring.set_events(3, events.LINE)
for _ in range(3):
    early(1)
    late(1)
early(0)
exec(compile("x = 1\ny = 2\n", "other.txt", "exec"))
early(0)
print(seen)
monitoring.set_events(3, 0)
monitoring.free_tool_id(3)
