def work(word):
    if word == "c":
        return "from -c"
    if word == "zip":
        return "from the archive"  # either
    if word == "dash":
        return "from -"
    if word == "stdin":
        return "from standard input"
    if word == "main":
        return "from __main__"
    if word == "run":
        return "as a program"
    return "never"  # not run


if __name__ == "__main__":
    print(work("run"))
