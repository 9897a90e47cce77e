# A folder with __main__.py is the program; this file only says so.
# command: folder word
