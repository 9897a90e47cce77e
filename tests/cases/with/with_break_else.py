# A break leaves a with, past the loop's else.
# python: >=3.11
from contextlib import nullcontext

for x in (0, 1):  # branch: 6 taken, 10 missed
    with nullcontext():
        if x:  # branch: 5 taken, 8 taken
            break
else:
    y = 1  # missed
done = 1
