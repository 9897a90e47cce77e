# An f-string over several lines with calls in it.
# python: >=3.11
def f(x):
    return x


x = f"""{f(
    1
)} {f(2)
}"""
