# Indentation of one blank, and of many.
# python: >=3.11
if 1:
 x = 1
 if x > 1:  # branch: 6 missed, 8 taken
          y = 2  # missed
 else:
  y = 3
