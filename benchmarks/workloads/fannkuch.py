"""Hot loops over a list: flip pancakes for every permutation."""

import sys


def flips(stack):
    """How often the head of `stack` has to be flipped until 0 is on top."""
    stack = list(stack)
    count = 0
    while stack[0]:
        top = stack[0]
        stack[: top + 1] = stack[top::-1]
        count += 1
    return count


def main(size):
    permutation = list(range(size))
    counts = [0] * size
    most = 0
    depth = size
    while True:
        while depth > 1:
            counts[depth - 1] = depth
            depth -= 1
        if permutation[0]:
            most = max(most, flips(permutation))
        while True:
            if depth >= size:
                return most
            first = permutation.pop(0)
            permutation.insert(depth, first)
            counts[depth] -= 1
            if counts[depth] > 0:
                break
            depth += 1


main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
