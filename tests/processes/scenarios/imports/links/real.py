def work(n):
    if n == 1:
        return "by the link"  # either
    if n == 2:
        return "by its name"
    return "never"  # not run


if __name__ == "__main__":
    raise SystemExit(5)
