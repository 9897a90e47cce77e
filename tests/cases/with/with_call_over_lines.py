# A manager whose call is written over several lines.
# python: >=3.11
from contextlib import nullcontext

with nullcontext(
    1,
) as x:
    if x:  # branch: 9 taken, 10 missed
        y = 1
done = 1
