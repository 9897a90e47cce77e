# The __main__ module of a package in a package is the program; this file only says so.
# command: -m package.sub word
