# The usual last lines of a program.
# python: >=3.11
def main():
    return 0


if __name__ == "__main__":  # branch: 8 taken, exit missed
    main()
