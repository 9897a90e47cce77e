# -*- coding: latin-1 -*-
# An encoding named in a cookie.
# python: >=3.11
x = 'äöü'
if len(x) != 3:  # branch: 6 missed, 7 taken
    y = 1  # missed
z = 2
