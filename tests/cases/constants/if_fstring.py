# An f-string is put together when the program runs.
# python: >=3.11
x = 1
if f"{x}":  # branch: 5 taken, 7 missed
    y = 1
else:
    y = 2  # missed
