# A script that names its interpreter is executed itself.
import os
import sys

with open("script.txt") as text, open("script", "w") as file:
    file.write(f"#!{sys.executable} -E\n{text.read()}")
os.chmod("script", 0o755)
print("first", flush=True)
os.execv("./script", ["./script", "word"])
print("never")  # not run
