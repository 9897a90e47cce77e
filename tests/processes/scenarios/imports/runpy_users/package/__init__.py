WORD = "package"
