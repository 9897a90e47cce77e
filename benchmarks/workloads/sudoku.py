"""Hot loops with branches: solve a few hard sudokus by trying, again and again."""

import sys

PUZZLES = (
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "52...6.........7.13...........4..8..6......5...........418.........3..2...87.....",
    "6.....8.3.4.7.................5.4.7.3..2.....1.6.......2.....5.....8.6......1....",
)


def peers_of(cell):
    row, column = divmod(cell, 9)
    found = set()
    for other in range(81):
        r, c = divmod(other, 9)
        if other == cell:
            continue
        if r == row or c == column or (r // 3 == row // 3 and c // 3 == column // 3):
            found.add(other)
    return tuple(sorted(found))


PEERS = tuple(peers_of(cell) for cell in range(81))


def free_digits(grid, cell):
    taken = 0
    for other in PEERS[cell]:
        taken |= 1 << grid[other]
    return [digit for digit in range(1, 10) if not taken >> digit & 1]


def hardest(grid):
    """The empty cell with the fewest digits left, and those digits; None when all are set."""
    best = None
    for cell in range(81):
        if grid[cell]:
            continue
        digits = free_digits(grid, cell)
        if best is None or len(digits) < len(best[1]):
            best = cell, digits
            if len(digits) <= 1:
                break
    return best


def solve(grid, budget):
    """Fill `grid` in place; False when it cannot be done or `budget` steps were not enough."""
    choice = hardest(grid)
    if choice is None:
        return True
    cell, digits = choice
    for digit in digits:
        budget[0] -= 1
        if budget[0] < 0:
            return False
        grid[cell] = digit
        if solve(grid, budget):
            return True
    grid[cell] = 0
    return False


def main(rounds):
    solved = 0
    for _ in range(rounds):
        for puzzle in PUZZLES:
            grid = [0 if mark == "." else int(mark) for mark in puzzle]
            solved += solve(grid, [400])
    return solved


main(int(sys.argv[1]) if len(sys.argv) > 1 else 80)
