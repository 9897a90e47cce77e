# A break in the else of an inner loop breaks the outer one.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, 8 missed
    while x:  # branch: 5 taken, 7 taken
        x -= 1
    else:
        break
done = 1
