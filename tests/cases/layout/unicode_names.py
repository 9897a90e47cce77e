# Names and strings of other alphabets.
# python: >=3.11
größe = 1
if größe > 1:  # branch: 5 missed, 7 taken
    名前 = "値"  # missed
else:
    名前 = "別の値"
