# sys.setprofile, cProfile, and profile: the same calls are counted as ever.
import cProfile
import io
import pstats
import sys

events = []


def profiler(frame, event, argument):
    if frame.f_code.co_filename == __file__:  # not seen
        events.append((event, frame.f_code.co_name))  # not seen


def work(n):
    if n:
        return work(n - 1)
    return len([1])


def generator():
    yield work(1)
    yield work(0)


sys.setprofile(profiler)
work(2)
list(generator())
sys.setprofile(None)
print(events)
profile = cProfile.Profile()
profile.enable()
work(5)
profile.disable()
stream = io.StringIO()
pstats.Stats(profile, stream=stream).print_stats()
print(stream.getvalue().splitlines()[0].split(" in ")[0])
print("profilers.py" in stream.getvalue())
if sys.getprofile() is not None:
    print("never")  # not run
