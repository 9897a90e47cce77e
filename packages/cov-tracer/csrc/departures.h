/* Ways that are known only once they have left their line.
 *
 * What: `if x: return f()` goes on in its line behind the jump, and f() may raise: then the way was
 *   not taken. Such a way is told by the last instruction that it has on the line. And where a way
 *   leads into a `finally`, this finds out whether it passes through to somewhere else.
 * Owner: the caller owns all memory, but what `found` points to is freed by departures_clear.
 * Threads: pure functions. Failure: -1 without memory. */
#ifndef COV_DEPARTURES_H
#define COV_DEPARTURES_H

#include "jumps.h"

/* The event that a last instruction is told by. */
enum {
    DEPARTS_RETURNING = 1, /* PY_RETURN; needs no Departure: it says the line */
    DEPARTS_JUMPING = 2,   /* JUMP */
    DEPARTS_ANYHOW = 4,    /* INSTRUCTION */
    DEPARTS_RAISING = 8,   /* INSTRUCTION, in what begins and ends on the line of its definition */
};

/* When the event for `offset` (in bytes) is told, control leaves `from` for `to`. */
typedef struct {
    int32_t offset, from, to;
    int32_t line;   /* of the instruction, or NO_LINE */
    uint8_t starts; /* the line begins with this instruction: as long as its LINE event is being
                     * switched off, CPython tells no INSTRUCTION event of it */
    uint8_t seen;
} Departure;

typedef struct {
    Departure *found;
    size_t count;
    unsigned by; /* events there are departures for */
} Departures;

/* Who comes from line `from` to `unit`, where a `finally` begins or a `with` block in its `try` is
 * left, is on the way through the `finally` to `to`, or JUMP_OPEN; and perhaps to `too`. */
typedef struct {
    int32_t from;
    size_t unit;
    int32_t to, too;
} Crossing;

typedef struct {
    Crossing *found;
    size_t count;
} Crossings;

void departures_clear(Departures *departures);

/* The way `path` from `from` is told by the last instruction it has there; `path` has one. */
int departures_add(Departures *departures, const Bytecode *bytecode, int32_t from,
                   const Path *path);

/* Look at the jumps of a code object: ways that are to be told later become JUMP_OPEN, and ways
 * through a `finally` are led to where they go. */
int departures_of_jumps(Departures *departures, const Bytecode *bytecode, Jump *jumps,
                        size_t count);

/* Find the ways through a `finally` that lines alone do not tell, for who sees nothing else. What
 * `found` points to is to be freed. */
int departures_cross(Crossings *crossings, const Bytecode *bytecode);

/* The `raise` statements of a function that never returns. */
int departures_of_raises(Departures *departures, const Bytecode *bytecode);

/* How many jumps lead to each unit (2: or more). To be freed; NULL without memory. */
uint8_t *departures_find_entries(const Bytecode *bytecode);

/* Is `path`, from `from`, the only way to get where it leads? Then that line's start tells of it.
 * `entries` is from departures_find_entries. */
int departures_is_alone(const Bytecode *bytecode, const uint8_t *entries, int32_t from,
                        const Path *path);

/* Must the LINE event of `line` stay on for an INSTRUCTION event to be told? */
int departures_wait(const Departures *departures, int32_t line);

#endif
