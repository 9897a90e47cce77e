"""Run a program under a tracer that learns nothing: the floor for every tool that watches.

On 3.12 and later each line and branch calls a function once, which switches the location off; on
3.11 a trace function looks at each call and declines.
"""

# Not measured itself, so it imports nothing that the program would not have had.
import sys


def watch() -> None:
    if not hasattr(sys, "monitoring"):
        sys.settrace(lambda frame, event, argument: None)
        return
    monitoring = sys.monitoring
    events = monitoring.events
    wanted = [events.LINE]
    if hasattr(events, "BRANCH_LEFT"):
        wanted += [events.BRANCH_LEFT, events.BRANCH_RIGHT]
    else:
        wanted += [events.BRANCH]
    monitoring.use_tool_id(monitoring.PROFILER_ID, "null tracer")
    chosen = 0
    for event in wanted:
        monitoring.register_callback(
            monitoring.PROFILER_ID, event, lambda *location: monitoring.DISABLE
        )
        chosen |= event
    monitoring.set_events(monitoring.PROFILER_ID, chosen)


def main() -> None:
    del sys.argv[0]
    program = sys.argv[0]
    with open(program, encoding="utf-8") as file:
        code = compile(file.read(), program, "exec")
    sys.path[0] = program.rpartition("/")[0] or "."
    watch()
    exec(code, {"__name__": "__main__", "__file__": program, "__builtins__": __builtins__})


main()
