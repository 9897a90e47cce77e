"""Calls and generators: a sieve made of generators inside one another, and a small tree walked."""

import sys


def numbers(last):
    yield from range(2, last)


def without(prime, source):
    for number in source:
        if number % prime:
            yield number


def primes(last):
    source = numbers(last)
    for prime in source:
        yield prime
        if prime * prime < last:
            source = without(prime, source)
            break
    for number in source:
        if all(number % divisor for divisor in range(3, int(number**0.5) + 1, 2)):
            yield number


def tree(depth):
    return (tree(depth - 1), depth, tree(depth - 1)) if depth else None


def walk(node):
    if node is None:
        return
    left, value, right = node
    yield from walk(left)
    yield value
    yield from walk(right)


def main(rounds):
    total = 0
    for _ in range(rounds):
        total += sum(primes(12_000)) + sum(walk(tree(12)))
    return total


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
