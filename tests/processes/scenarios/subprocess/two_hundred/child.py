import sys

import lines

number = int(sys.argv[1])
print(lines.work(number))
if number < 0:
    print("never")  # not run
