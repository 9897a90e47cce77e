# A loop whose body always breaks never ends by itself.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, 5 missed
    break
done = 1
