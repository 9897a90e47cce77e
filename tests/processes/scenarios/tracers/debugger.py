# A debugger made of bdb, with its own breakpoints.
# unknown: <3.12
import bdb


class Debugger(bdb.Bdb):
    def user_line(self, frame):
        lines.append(frame.f_lineno)  # not seen <3.12; either
        self.set_continue()  # not seen <3.12; either


def work(n):
    total = 0  # either <3.12
    for i in range(n):  # either <3.12
        total += i  # either <3.12
    return total  # either <3.12


lines = []
debugger = Debugger()
debugger.set_break(__file__, 14)
print(debugger.runcall(work, 3))
print(len(lines))  # either <3.12
if not lines:  # either <3.12
    print("never")  # not run
