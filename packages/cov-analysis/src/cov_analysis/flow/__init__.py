"""Control flow: which lines can follow which."""
