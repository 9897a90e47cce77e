# Names bound in expressions.
# python: >=3.11
if (n := 3) > 2:  # branch: 4 taken, 5 missed
    x = [y := 1, y ** 2]
print(z := "", end="")
while (n := n - 1):  # branch: 7 taken, exit taken
    pass
