# The standard library's own trace module counts lines.
# python: >=3.12
import trace


def work(n):
    total = 0
    for i in range(n):
        total += i
    if total > 100:
        return 100  # not run
    return total


tracer = trace.Trace(count=1, trace=0)
print(tracer.runfunc(work, 3))
counts = tracer.results().counts
print(sorted(count for (name, line), count in counts.items() if name == __file__))
