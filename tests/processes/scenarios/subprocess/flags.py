# Children with every flag that changes how Python starts.
import subprocess
import sys

FLAGS = [
    "-I",
    "-E",
    "-s",
    "-P",
    "-B",
    "-u",
    "-q",
    "-O",
    "-OO",
    "-b",
    "-d",
    "-X dev",
    "-X utf8",
    "-X frozen_modules=off",
    "-X faulthandler",
    "-X tracemalloc",
    "-X no_debug_ranges",
    "-X int_max_str_digits=0",
    "-W error",
    "-E -s -B",
    "-I -X dev -W error",
]


def child(flag):
    print(flag, sys.flags)
    assert flag
    for number, known in enumerate(FLAGS):
        if flag == known:
            return number
    return 99  # not run


if len(sys.argv) > 1:
    sys.exit(child(sys.argv[1]))
for flag in FLAGS:
    command = [sys.executable, *flag.split(), __file__, flag]
    done = subprocess.run(command, capture_output=True, text=True)
    print(flag, done.returncode, done.stdout, done.stderr)
