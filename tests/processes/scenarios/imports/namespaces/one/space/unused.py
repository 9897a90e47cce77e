# not run at all
NAME = "unused"
