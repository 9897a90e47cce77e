# threading.settrace, setprofile and their thread-local meaning; excepthook; stack size.
# unknown: <3.12
import sys
import threading

lines = []
calls = []


def trace(frame, event, argument):
    if frame.f_code.co_name == "work":  # not seen
        lines.append(event)  # not seen
        return trace  # not seen
    return None  # not seen


def profile(frame, event, argument):
    if frame.f_code.co_name == "work":  # not seen
        calls.append(event)  # not seen


def work():
    first = 1
    second = 2
    return first + second


def plain():
    before = sys.gettrace() is None
    value = work()
    return before and value


threading.settrace(trace)
threading.setprofile(profile)
thread = threading.Thread(target=work)
thread.start()
thread.join()
threading.settrace(None)
threading.setprofile(None)
print(lines, calls)
thread = threading.Thread(target=plain)
thread.start()
thread.join()
print(len(lines), threading.gettrace())
threading.stack_size(256 * 1024)
thread = threading.Thread(target=work)
thread.start()
thread.join()
print(len(lines))
