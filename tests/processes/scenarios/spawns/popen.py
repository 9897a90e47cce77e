# os.popen, reading and writing.
import os
import shlex
import sys

me = f"{shlex.quote(sys.executable)} {shlex.quote(__file__)}"
if len(sys.argv) > 1:
    print("child", sys.argv[1], flush=True)
    if sys.argv[1] == "reads":
        print("got", sys.stdin.read(), flush=True)
    sys.exit(3)
with os.popen(f"{me} writes") as pipe:
    print(pipe.readlines())
pipe = os.popen(f"{me} reads", "w")
pipe.write("text")
print(pipe.close())
