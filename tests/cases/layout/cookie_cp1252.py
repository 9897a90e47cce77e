# vim: set fileencoding=cp1252 :
# An encoding named for an editor.
# python: >=3.11
x = '€'
if x == 'â‚¬':  # branch: 6 missed, 7 taken
    y = 1  # missed
z = 2
