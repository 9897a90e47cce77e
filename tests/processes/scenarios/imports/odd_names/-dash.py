NAME = "dash"
