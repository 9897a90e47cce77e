# A for loop breaks off a generator.
# python: >=3.11
def numbers():
    n = 0
    while True:
        yield n
        n += 1


for x in numbers():  # branch: 11 taken, exit missed
    if x == 2:  # branch: 10 taken, 12 taken
        break
