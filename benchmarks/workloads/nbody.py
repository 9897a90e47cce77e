"""Hot arithmetic: five bodies that attract one another."""

import sys

SUN = 39.47841760435743
BODIES = [
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SUN],
    [4.841, -1.160, -0.104, 0.606, 2.812, -0.025, 0.0377],
    [8.343, 4.125, -0.404, -1.011, 1.826, 0.008, 0.0113],
    [12.894, -15.111, -0.223, 1.083, 0.869, -0.011, 0.0017],
    [15.380, -25.919, 0.179, 0.979, 0.595, -0.035, 0.0020],
]


def pull(one, other, step):
    dx, dy, dz = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    distance = dx * dx + dy * dy + dz * dz
    if distance <= 0.0:
        return
    force = step / (distance * distance**0.5)
    for axis, d in ((3, dx), (4, dy), (5, dz)):
        one[axis] -= d * other[6] * force
        other[axis] += d * one[6] * force


def advance(bodies, step):
    for index, one in enumerate(bodies):
        for other in bodies[index + 1 :]:
            pull(one, other, step)
    for body in bodies:
        body[0] += step * body[3]
        body[1] += step * body[4]
        body[2] += step * body[5]


def main(steps):
    bodies = [list(body) for body in BODIES]
    for _ in range(steps):
        advance(bodies, 0.001)
    return bodies[0]


main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
