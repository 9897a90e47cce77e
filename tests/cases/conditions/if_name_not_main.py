# The same when it is another name: here the way out of the module is taken.
# python: >=3.11
def main():
    return 0  # missed


if __name__ == "not me":  # branch: 8 missed, exit taken
    main()  # missed
