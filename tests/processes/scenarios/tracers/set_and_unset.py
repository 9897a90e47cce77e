# A program sets a trace function, looks at it, and takes it away again.
# unknown: <3.12
import sys

events = []


def trace(frame, event, argument):
    events.append((event, frame.f_code.co_name))  # not seen
    return trace  # not seen


def traced(n):
    total = 0  # either <3.12
    for i in range(n):  # either <3.12
        total += i  # either <3.12
    if total < 0:  # either <3.12
        return None  # not run
    return total  # either <3.12


def untraced(n):
    if n == 2:  # either <3.12
        return 1  # either <3.12
    return traced(n)  # either <3.12


print(traced(1))
sys.settrace(trace)
traced(3)  # either <3.12
sys.settrace(None)  # either <3.12
print(len(events), sys.gettrace())  # either <3.12
print(untraced(2), untraced(3), len(events))  # either <3.12
