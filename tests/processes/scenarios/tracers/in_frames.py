# Functions that set f_trace, jump with f_lineno, and look at frames.
# unknown: <3.12
import sys


def jumps():
    sys._getframe().f_trace = jump
    sys.settrace(jump)
    first = 1  # either <3.12
    first = 2  # either
    first += 3  # either
    return first  # either <3.12


def jump(frame, event, argument):
    if event == "line" and frame.f_code.co_name == "jumps":  # not seen
        if frame.f_lineno == 10:  # not seen
            frame.f_lineno = 11  # not seen
    return jump  # not seen


def depth():
    frame, count = sys._getframe(), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


def locals_of():
    word = "mine"
    names = sorted(sys._getframe().f_locals)
    return names, word


print(depth(), locals_of())
value = jumps()
sys.settrace(None)  # either <3.12
print(value, depth())  # either <3.12
