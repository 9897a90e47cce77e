# A while that breaks does not run its else.
# python: >=3.11
n = 2
while n:  # branch: 5 taken, 8 missed
    n -= 1
    break
else:
    x = 1  # missed
done = 1
